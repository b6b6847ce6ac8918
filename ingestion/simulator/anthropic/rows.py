"""Rows of the analytics answers: time, group, and usage or cost."""

from datetime import UTC, datetime, timedelta

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import rfc3339
from ingestion.simulator.anthropic.dimensions import NAMES, Dimensions
from ingestion.simulator.anthropic.groups import Groups, billed, cents
from ingestion.simulator.anthropic.query import Query
from ingestion.simulator.usage import Integers

TOKEN_TYPES = (
    "uncached_input_tokens",
    "cache_read_input_tokens",
    "cache_creation.ephemeral_5m_input_tokens",
    "cache_creation.ephemeral_1h_input_tokens",
    "output_tokens",
)


def _place(
    query: Query,
    dimensions: Dimensions,
    groups: Groups,
    n: int,
    kinds: dict[str, object],
) -> dict[str, object]:
    """What a row says about itself: its time and its group."""
    start = query.start
    end = query.end
    if query.is_daily:
        day = timeline.day_at(int(groups.bucket[n]))
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        end = start + timedelta(days=1)
    group = dict[str, object].fromkeys(NAMES)
    for name, code in zip(query.names, groups.codes[n], strict=True):
        group[name] = dimensions.labels[name][code]
    group.update(kinds)
    return {"starting_at": rfc3339(start), "ending_at": rfc3339(end), "group": group}


def usage_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for n in map(int, chosen):
        uncached, read, short, long, output = map(int, groups.tokens[n])
        row = _place(query, dimensions, groups, n, {})
        row["usage"] = {
            "uncached_input_tokens": uncached,
            "cache_read_input_tokens": read,
            "cache_creation": {
                "ephemeral_5m_input_tokens": short,
                "ephemeral_1h_input_tokens": long,
            },
            "output_tokens": output,
            "total_tokens": uncached + read + short + long + output,
            "requests": int(groups.requests[n]),
            "server_tool_use": {"web_search_requests": int(groups.searches[n])},
        }
        found.append(row)
    return found


def cost_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[dict[str, object]]:
    """A row per group, or one per cost type and token type that has a cost."""
    found: list[dict[str, object]] = []
    for n in map(int, chosen):
        for cost_type, token_type, pico in _amounts(query.kinds, groups, n):
            kinds: dict[str, object] = {
                "cost_type": cost_type,
                "token_type": token_type,
            }
            row = _place(query, dimensions, groups, n, kinds)
            row["cost"] = {
                "amount": cents(billed(pico)),
                "list_amount": cents(pico),
                "currency": "USD",
                "requests": None if query.kinds else int(groups.requests[n]),
            }
            found.append(row)
    return found


def _amounts(
    kinds: tuple[str, ...], groups: Groups, n: int
) -> list[tuple[str | None, str | None, int]]:
    """(cost type, token type, list amount) of a group; null unless grouped by."""
    by_type = "cost_type" in kinds
    tokens = [int(pico) for pico in groups.token_pico[n]]
    rest = [
        ("web_search", int(groups.search_pico[n])),
        ("code_execution", int(groups.span_pico[n])),
    ]
    if not kinds:
        return [(None, None, int(groups.pico[n]))]
    if "token_type" in kinds:
        pairs = zip(TOKEN_TYPES, tokens, strict=True)
        found = [("tokens" if by_type else None, t, pico) for t, pico in pairs]
    else:
        found = [("tokens", None, sum(tokens))]
    if by_type:
        found += [(name, None, pico) for name, pico in rest]
    else:
        found += [(None, None, sum(pico for _, pico in rest))]
    return [entry for entry in found if entry[2]]
