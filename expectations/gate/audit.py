"""One audit of one candidate: gates and suites in, decisions out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expectations.evidence import Evidence, Finding, Look, Query
from expectations.gate import (
    completeness,
    conservation,
    cost,
    disclosure,
    figures,
    outcomes,
    pricing,
    purpose,
    withholding,
)
from expectations.gate import persons as person_gates
from expectations.gate.definition import Gate
from expectations.suites import SUITES
from expectations.thresholds import with_defaults
from expectations.validation import failed_counts, judged

GATES: tuple[Gate, ...] = (
    *conservation.GATES,
    *pricing.GATES,
    *cost.GATES,
    *completeness.GATES,
    *person_gates.GATES,
    *outcomes.GATES,
    *disclosure.GATES,
    *purpose.GATES,
    *figures.GATES,
    *withholding.GATES,
)
SHOWN_FINDINGS = 3


@dataclass(frozen=True)
class Audit:
    """Decisions on one candidate, each as a row of the gate's results."""

    candidate_id: str
    content_hash: str
    rows: tuple[dict[str, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether nothing blocks the release."""
        return all(row["decision"] != "block" for row in self.rows)

    @property
    def findings(self) -> tuple[dict[str, Any], ...]:
        """The rows that did not simply pass."""
        return tuple(row for row in self.rows if row["decision"] != "pass")


def audit(
    query: Query,
    *,
    candidate_id: str,
    content_hash: str,
    thresholds: Mapping[str, float],
    edges: Iterable[tuple[str, str]],
    present: datetime,
    previous: Query | None = None,
    only: Collection[str] | None = None,
) -> Audit:
    """Judge the candidate behind `query`, whose tables are `<audience>.<mart>`.

    `edges` are pairs (upstream, downstream) of models by path, `marts/review/mart_x`.
    `previous` asks the release that is current. `only` names gates to try alone.
    """
    evidence = Evidence(
        query=query,
        candidate_id=candidate_id,
        present=present,
        thresholds=with_defaults(thresholds),
        edges=frozenset(edges),
    )
    if previous is not None:
        evidence = evidence.beside(previous)
    rows = [*_gate_rows(evidence, only), *_suite_rows(evidence, only)]
    stamp = {"candidate_id": candidate_id, "evaluated_at": present}
    return Audit(
        candidate_id,
        content_hash,
        tuple(stamp | row for row in sorted(rows, key=_order)),
    )


def _order(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["gate_id"], row["gate_subject"]


def _gate_rows(
    evidence: Evidence, only: Collection[str] | None
) -> list[dict[str, Any]]:
    chosen = [
        gate
        for gate in GATES
        if (only is None or gate.id in only) and gate.applies_to(evidence)
    ]
    looks = [_look(gate, evidence) for gate in chosen]
    counts = [len(look.findings) for look in looks]
    failed = failed_counts([f"{gate.id} {gate.subject}" for gate in chosen], counts)
    return [
        {
            "gate_id": gate.id,
            "gate_subject": gate.subject,
            "gate_title": gate.title,
            "severity": gate.severity,
            "decision": look.decision if has_failed else "pass",
            "observed": look.observed,
            "threshold": None
            if gate.threshold is None
            else evidence.thresholds[gate.threshold],
            "detail": _detail(look, gate.fix),
        }
        for gate, look, has_failed in zip(chosen, looks, failed, strict=True)
    ]


def _look(gate: Gate, evidence: Evidence) -> Look:
    try:
        return gate.look(evidence)
    except Exception as error:  # noqa: BLE001 - what cannot be judged must block
        why = str(error).partition("\n")[0]
        text = f"it could not be judged ({type(error).__name__}: {why})"
        return Look((Finding(text, "block"),))


def _detail(look: Look, fix: str) -> str:
    texts = [finding.text for finding in look.findings]
    if not texts:
        return f"Nothing found ({look.note})." if look.note else "Nothing found."
    more = len(texts) - SHOWN_FINDINGS
    shown = "; ".join(texts[:SHOWN_FINDINGS])
    return f"{shown}{f'; and {more} more' if more > 0 else ''}. Fix: {fix}"


def _suite_rows(
    evidence: Evidence, only: Collection[str] | None
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for mart in sorted(evidence.marts & set(SUITES)):
        suite = SUITES[mart]()
        if only is not None:
            suite = suite.of(only)
        if suite.expected:
            checks = judged(evidence.query(f"from {mart}"), suite)
            rows += [{"gate_subject": mart, **check} for check in checks]
    return rows
