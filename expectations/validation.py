"""Great Expectations over frames: in memory, silent, and imported only here."""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from expectations.evidence import Decision
from expectations.suites.common import Expected, GateOf, Suite

EXACT = GateOf("exact", "No discrepancy", "")


def failed_counts(names: Sequence[str], counts: Sequence[int]) -> list[bool]:
    """Whether each count of discrepancies is another than the expected zero."""
    if not names:
        return []
    expected = tuple(
        Expected(
            EXACT,
            "ExpectColumnMaxToBeBetween",
            name,
            {"column": name, "max_value": 0},
        )
        for name in names
    )
    frame = import_module("pandas").DataFrame([counts], columns=list(names))
    failed = {one.words for one, _ in _unmet(frame, Suite("exact", expected))}
    return [name in failed for name in names]


def judged(frame: Any, suite: Suite) -> Iterator[dict[str, Any]]:
    """One row per gate of the suite: its decision, count and words."""
    unmet = list(_unmet(frame, suite))
    for gate in dict.fromkeys(one.gate for one in suite.expected):
        found = [(one, result) for one, result in unmet if one.gate == gate]
        decision: Decision = gate.decision if found else "pass"
        yield {
            "gate_id": gate.id,
            "gate_title": gate.title,
            "severity": gate.decision,
            "decision": decision,
            "observed": float(sum(_rows(result) or 1 for _, result in found)),
            "threshold": None,
            "detail": _detail(gate, found, len(frame)),
        }


def _unmet(frame: Any, suite: Suite) -> Iterator[tuple[Expected, Any]]:
    """Every expectation that does not hold, or could not be evaluated."""
    with warnings.catch_warnings():
        # Of Great Expectations about its own imports and of pandas about its calls.
        warnings.simplefilter("ignore")
        batch = _whole_frame().get_batch({"dataframe": frame})
        results = batch.validate(suite.built()).results
    for result in results:
        if not result.success:
            yield suite.expected[result.expectation_config.meta["place"]], result


@cache
def _whole_frame() -> Any:
    """The one batch definition; its context writes nothing and shows no progress."""
    types = import_module("great_expectations.data_context.types.base")
    settings = types.DataContextConfig(
        # The default would leave a temporary folder for a documentation site behind.
        store_backend_defaults=types.InMemoryStoreBackendDefaults(),
        progress_bars={"globally": False},
        analytics_enabled=False,
    )
    context = import_module("great_expectations").get_context(
        project_config=settings, mode="ephemeral"
    )
    asset = context.data_sources.add_pandas("candidate").add_dataframe_asset("mart")
    return asset.add_batch_definition_whole_dataframe("whole")


def _rows(result: Any) -> int:
    """How many rows fail it; 0 where it is not about rows or was not evaluated."""
    return int(result.result.get("unexpected_count") or 0)


def _detail(gate: GateOf, found: list[tuple[Expected, Any]], rows: int) -> str:
    if not found:
        return "Nothing found."
    texts = [
        f"{one.words} in {count} of {rows} rows"
        if (count := _rows(result))
        else f"{one.words}, or could not be judged"
        for one, result in found
    ]
    return f"{'; '.join(texts)}. Fix: {gate.fix}"
