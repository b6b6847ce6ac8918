"""Rows of the analytics answers, written as JSON at once, since a page has many."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

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
Amount = tuple[str | None, str | None, int]


def usage_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[msgspec.Raw]:
    """A row per group: tokens by class, requests and searches."""
    start = _start(query, dimensions)
    found: list[msgspec.Raw] = []
    for n in map(int, chosen):
        uncached, read, short, long, output = map(int, groups.tokens[n])
        usage = {
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
        rest = b'},"usage":%b}' % msgspec.json.encode(usage)
        found.append(msgspec.Raw(start(groups, n) + rest))
    return found


def cost_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[msgspec.Raw]:
    """A row per group, or one per cost type and token type that has a cost."""
    start = _start(query, dimensions)
    found: list[msgspec.Raw] = []
    for n in map(int, chosen):
        first = start(groups, n)
        requests = "null" if query.kinds else str(groups.requests[n])
        for cost_type, token_type, pico in _amounts(query.kinds, groups, n):
            rest = (
                f',"cost_type":{_text(cost_type)},"token_type":{_text(token_type)}}},'
                f'"cost":{{"amount":"{cents(billed(pico))}",'
                f'"list_amount":"{cents(pico)}","currency":"USD",'
                f'"requests":{requests}}}}}'
            )
            found.append(msgspec.Raw(first + rest.encode()))
    return found


def _text(value: str | None) -> str:
    """A plain name as JSON."""
    return "null" if value is None else f'"{value}"'


def _start(query: Query, dimensions: Dimensions) -> Callable[[Groups, int], bytes]:
    """A function to the first part of a group's row: its time and its open group."""
    labels = {
        name: [msgspec.json.encode(label) for label in dimensions.labels[name]]
        for name in query.names
    }
    times: dict[int, bytes] = {}

    def start(groups: Groups, n: int) -> bytes:
        bucket = int(groups.bucket[n])
        if bucket not in times:
            times[bucket] = _time(query, bucket)
        codes = dict(zip(query.names, map(int, groups.codes[n]), strict=True))
        parts = [
            b'"%b":%b' % (name.encode(), labels[name][codes[name]])
            if name in codes
            else b'"%b":null' % name.encode()
            for name in NAMES
        ]
        return b'{%b,"group":{%b' % (times[bucket], b",".join(parts))

    return start


def _time(query: Query, bucket: int) -> bytes:
    """The time of a row: its day, or the whole range where none was asked for."""
    start, end = query.start, query.end
    if query.is_daily:
        start = datetime.combine(timeline.day_at(bucket), datetime.min.time(), UTC)
        end = start + timedelta(days=1)
    known = f'"starting_at":"{rfc3339(start)}","ending_at":"{rfc3339(end)}"'
    return known.encode()


def _amounts(kinds: tuple[str, ...], groups: Groups, n: int) -> list[Amount]:
    """(cost type, token type, list amount) of a group; null unless grouped by."""
    if not kinds:
        return [(None, None, int(groups.pico[n]))]
    tokens = list(map(int, groups.token_pico[n]))
    tools = [("web_search", int(groups.search_pico[n])),
             ("code_execution", int(groups.span_pico[n]))]  # fmt: skip
    by_type = "cost_type" in kinds
    found: list[Amount] = [("tokens", None, sum(tokens))]
    if "token_type" in kinds:
        name = "tokens" if by_type else None
        found = [(name, t, p) for t, p in zip(TOKEN_TYPES, tokens, strict=True)]
    if by_type:
        found += [(name, None, pico) for name, pico in tools]
    else:
        found.append((None, None, sum(pico for _, pico in tools)))
    return [amount for amount in found if amount[2]]
