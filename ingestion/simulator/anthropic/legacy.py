"""The older Console reports: buckets of a day, each with its rows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import rfc3339
from ingestion.simulator.anthropic.dimensions import Dimensions
from ingestion.simulator.anthropic.groups import Groups, billed, cents, grouped
from ingestion.simulator.anthropic.parameters import (
    Cursor,
    Items,
    Parameters,
    invalid,
    whole_days,
)
from ingestion.simulator.anthropic.rows import TOKEN_TYPES
from ingestion.simulator.usage import Integers, Usage
from ingestion.simulator.world import World

KNOWN = ("starting_at", "ending_at", "bucket_width", "group_by[]", "limit", "page")
USAGE_GROUPS = (
    "account_id",
    "api_key_id",
    "context_window",
    "inference_geo",
    "model",
    "service_account_id",
    "service_tier",
    "workspace_id",
)
_DESCRIBED = ("model", "service_tier", "context_window", "inference_geo")
COST_GROUPS = ("workspace_id", "description")
MOST_BUCKETS, USUAL_BUCKETS = 31, 7
_TEXTS = (
    "Input Tokens",
    "Input Tokens, Cache Hit",
    "Input Tokens, Cache Write (5m)",
    "Input Tokens, Cache Write (1h)",
    "Output Tokens",
)
Rows = Callable[[Groups, Dimensions, Sequence[str], int], list[dict[str, object]]]


def usage(world: World, items: Items) -> dict[str, object]:
    """Body of `/usage_report/messages`."""
    parameters = Parameters(items, KNOWN)
    names = _names(parameters, USAGE_GROUPS)
    return _body(world, parameters, "usage_report", names, names, _usage_rows)


def cost(world: World, items: Items) -> dict[str, object]:
    """Body of `/cost_report`: no person, no key, and no list amount."""
    parameters = Parameters(items, KNOWN)
    names = _names(parameters, COST_GROUPS)
    described = _DESCRIBED if "description" in names else ()
    codes = (*described, *(name for name in names if name == "workspace_id"))
    return _body(world, parameters, "cost_report", codes, names, _cost_rows)


def _names(parameters: Parameters, allowed: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(parameters.every("group_by[]")))
    for name in names:
        if name not in allowed:
            raise invalid(f"group_by[]: unknown dimension {name!r}")
    return names


def _body(
    world: World,
    parameters: Parameters,
    endpoint: str,
    codes: Sequence[str],
    names: Sequence[str],
    rows: Rows,
) -> dict[str, object]:
    start, end = _interval(world.present, parameters)
    limit = parameters.limit(MOST_BUCKETS, USUAL_BUCKETS)
    cursor = parameters.cursor(endpoint, world.present)
    first = timeline.index(start.date()) + cursor.offset
    after = min(first + limit, timeline.index(end.date()))
    usage = world.usage(cursor.at)
    usage = usage.take((usage.day >= first) & (usage.day < after))
    if endpoint == "usage_report":
        usage = usage.take(usage.spans == 0)
    dimensions = LegacyDimensions(world, cursor.at)
    groups = grouped(usage, dimensions, codes, usage.day)
    buckets = [
        {**_day(day), "results": _results(groups, dimensions, names, day, rows)}
        for day in range(first, after)
    ]
    has_more = after < timeline.index(end.date())
    following = Cursor(cursor.offset + limit, cursor.at)
    return {
        "data": buckets,
        "has_more": has_more,
        "next_page": parameters.token(endpoint, following) if has_more else None,
    }


def _results(
    groups: Groups, dimensions: Dimensions, names: Sequence[str], day: int, rows: Rows
) -> list[dict[str, object]]:
    found = map(int, np.flatnonzero(groups.bucket == day))
    return [row for n in found for row in rows(groups, dimensions, names, n)]


def _interval(now: datetime, parameters: Parameters) -> tuple[datetime, datetime]:
    start = parameters.instant("starting_at")
    if start is None:
        raise invalid("starting_at: Field required")
    if parameters.choice("bucket_width", ("1d", "1h", "1m"), "1d") != "1d":
        raise invalid("bucket_width: this simulator reports whole days only")
    end = parameters.instant("ending_at") or now
    if end <= start:
        raise invalid("ending_at: must be after starting_at")
    return whole_days(start, min(end, max(now, start + timedelta(seconds=1))))


def _day(day: int) -> dict[str, object]:
    at = datetime.combine(timeline.day_at(day), datetime.min.time(), UTC)
    return {
        "starting_at": rfc3339(at),
        "ending_at": rfc3339(at + timedelta(days=1)),
    }


class LegacyDimensions(Dimensions):
    """Dimensions of the older reports: two more, for who was signed in."""

    def __init__(self, world: World, at: datetime) -> None:
        super().__init__(world.company, at.date())
        principals = world.company.principals
        self._types = np.array([p.principal_type for p in principals])
        ids = [p.principal_id for p in principals]
        self.labels |= {
            "account_id": [None, *ids],
            "service_account_id": [None, *ids],
        }

    def codes(self, name: str, usage: Usage) -> Integers:
        """The position in `labels[name]` of each row."""
        types = self._types[usage.principal]
        if name == "account_id":
            is_signed_in = (types == "user") & (usage.api_key == 0)
            return np.where(is_signed_in, usage.principal + 1, 0)
        if name == "service_account_id":
            return np.where(types == "service_account", usage.principal + 1, 0)
        return super().codes(name, usage)


def _usage_rows(
    groups: Groups, dimensions: Dimensions, names: Sequence[str], n: int
) -> list[dict[str, object]]:
    uncached, read, short, long, output = map(int, groups.tokens[n])
    labels = _labels(groups, dimensions, names, n)
    return [
        {
            **dict[str, object].fromkeys(USAGE_GROUPS),
            **labels,
            "uncached_input_tokens": uncached,
            "cache_read_input_tokens": read,
            "cache_creation": {
                "ephemeral_5m_input_tokens": short,
                "ephemeral_1h_input_tokens": long,
            },
            "output_tokens": output,
            "server_tool_use": {"web_search_requests": int(groups.searches[n])},
        }
    ]


def _labels(
    groups: Groups, dimensions: Dimensions, names: Sequence[str], n: int
) -> dict[str, object]:
    codes = map(int, groups.codes[n])
    return {
        name: dimensions.labels[name][code]
        for name, code in zip(names, codes, strict=True)
    }


def _cost_rows(
    groups: Groups, dimensions: Dimensions, names: Sequence[str], n: int
) -> list[dict[str, object]]:
    """One row per token type and tool, or one for all where nothing is described."""
    is_described = "description" in names
    codes = (*_DESCRIBED, "workspace_id") if is_described else ("workspace_id",)
    labels = _labels(groups, dimensions, codes[: groups.codes.shape[1]], n)
    if not is_described:
        return [_cost_row(int(groups.pico[n]), labels)]
    model = str(labels.get("model"))
    tokens = zip(TOKEN_TYPES, _TEXTS, map(int, groups.token_pico[n]), strict=True)
    found = [
        _cost_row(
            pico,
            {
                **labels,
                "cost_type": "tokens",
                "token_type": token_type,
                "description": f"{model} Usage - {text}",
            },
        )
        for token_type, text, pico in tokens
        if pico
    ]
    tools = (
        ("web_search", "Web Search Usage", int(groups.search_pico[n])),
        ("code_execution", "Code Execution Usage", int(groups.span_pico[n])),
    )
    space = labels.get("workspace_id")
    found += [
        _cost_row(pico, {"workspace_id": space, "cost_type": kind, "description": text})
        for kind, text, pico in tools
        if pico
    ]
    return found


def _cost_row(pico: int, known: dict[str, object]) -> dict[str, object]:
    """A cost row; dimensions that are not `known` are null, as for tools and sums."""
    return {
        "amount": cents(billed(pico)),
        "currency": "USD",
        "cost_type": None,
        "description": None,
        **dict[str, object].fromkeys(_DESCRIBED),
        "token_type": None,
        "workspace_id": None,
        **known,
    }
