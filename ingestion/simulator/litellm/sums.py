"""The proxy's sums of its calls by day, with the views of them side by side."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec
import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.litellm.calls import MODELS, Calls
from ingestion.simulator.usage import Integers

_NAMES: Final = (
    "prompt_tokens",
    "completion_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
    "total_tokens",
    "api_requests",
    "successful_requests",
    "failed_requests",
)


def groups(found: Calls, rows: Integers) -> list[Integers]:
    """The calls as the rows of the proxy's table: places of one day, key and model."""
    keys = np.stack([found.day[rows], found.caller[rows], found.model[rows]], axis=1)
    _, places = np.unique(keys, axis=0, return_inverse=True)
    places = places.reshape(-1)
    order = np.argsort(places, kind="stable")
    cuts = np.flatnonzero(np.diff(places[order])) + 1
    return np.split(rows[order], cuts) if len(rows) else []


def page(found: Calls, rows: Integers, number: int, size: int) -> dict[str, Any]:
    """A page of the table, summed up for itself: a day may go on over several pages,
    and each then has a part of it."""
    table = groups(found, rows)
    part = table[(number - 1) * size : number * size]
    days = sorted({int(found.day[places[0]]) for places in part}, reverse=True)
    total_pages = -(-len(table) // size)
    return {
        "results": [
            _day(found, day, [p for p in part if found.day[p[0]] == day])
            for day in days
        ],
        "metadata": {
            **{
                name if name.startswith("total_") else f"total_{name}": value
                for name, value in _metrics(found, part).items()
            },
            "page": number,
            "total_pages": total_pages,
            "has_more": number < total_pages,
        },
    }


def _day(found: Calls, day: int, part: list[Integers]) -> dict[str, Any]:
    models: dict[str, Any] = {}
    providers: dict[str, list[Integers]] = {}
    for code in sorted({int(found.model[places[0]]) for places in part}):
        name, provider, *_ = MODELS[code]
        of_model = [places for places in part if found.model[places[0]] == code]
        providers.setdefault(provider, []).extend(of_model)
        models[f"{provider}/{name}"] = {
            "metrics": _metrics(found, of_model),
            "metadata": {},
            "api_key_breakdown": {
                found.callers[int(found.caller[places[0]])].api_key: {
                    "metrics": _metrics(found, [places]),
                    "metadata": {"key_alias": None, "team_id": None},
                }
                for places in of_model
            },
        }
    return {
        "date": timeline.day_at(day),
        "metrics": _metrics(found, part),
        "breakdown": {
            "models": models,
            "model_groups": {},
            "mcp_servers": {},
            "providers": {
                provider: {"metrics": _metrics(found, places), "metadata": {}}
                for provider, places in providers.items()
            },
            "endpoints": {},
            "api_keys": {},
            "entities": {},
        },
    }


def _metrics(found: Calls, part: Iterable[Integers]) -> dict[str, Any]:
    rows = np.concatenate([np.zeros(0, np.int64), *part])
    uncached, read, written, output = map(int, found.tokens[rows].sum(axis=0))
    prompt = uncached + read + written
    counts = (
        *(prompt, output, read, written, prompt + output),
        *(len(rows), len(rows), 0),
    )
    spend = Decimal(int(found.pico[rows].sum())).scaleb(-12)
    return {
        "spend": msgspec.Raw(format(spend, "f").encode()),
        **dict(zip(_NAMES, counts, strict=True)),
    }
