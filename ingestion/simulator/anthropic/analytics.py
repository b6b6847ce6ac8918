"""The unified usage and cost analytics: flat rows per day and group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.anthropic.answers import rfc3339
from ingestion.simulator.anthropic.dimensions import NAMES, Dimensions
from ingestion.simulator.anthropic.groups import Groups, billed, cents, grouped
from ingestion.simulator.anthropic.parameters import (
    Cursor,
    Items,
    Parameters,
    invalid,
    whole_days,
)
from ingestion.simulator.usage import Integers, Usage
from ingestion.simulator.world import World

FIRST_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)
MOST_DAYS, REACH_DAYS, MOST_GROUPS = 31, 365, 5
# Parameter → the dimension it filters.
FILTERS = {
    "actor_ids[]": "actor",
    "actor_types[]": "actor_type",
    "api_key_ids[]": "api_key_id",
    "models[]": "model",
    "products[]": "product",
    "workspace_ids[]": "workspace_id",
    "service_tiers[]": "service_tier",
    "context_windows[]": "context_window",
    "inference_geos[]": "inference_geo",
    "speeds[]": "speed",
    "organization_ids[]": "organization_id",
    "rbac_group_ids[]": "rbac_group_id",
    "session_ids[]": "session_id",
}
KNOWN = (
    "starting_at", "ending_at", "time_bucket_width", "group_by[]", "order_by", "order",
    "limit", "page", "exclude_deleted_users", *FILTERS,
)  # fmt: skip
COST_KINDS = ("cost_type", "token_type")
TOKEN_TYPES = (
    "uncached_input_tokens",
    "cache_read_input_tokens",
    "cache_creation.ephemeral_5m_input_tokens",
    "cache_creation.ephemeral_1h_input_tokens",
    "output_tokens",
)
_USAGE_ORDERS: dict[str, Callable[[Groups], Integers]] = {
    "total_tokens": lambda groups: groups.tokens.sum(axis=1),
    "output_tokens": lambda groups: groups.tokens[:, 4],
    "requests": lambda groups: groups.requests,
    "uncached_input_tokens": lambda groups: groups.tokens[:, 0],
    "time": lambda groups: groups.bucket,
}
_COST_ORDERS: dict[str, Callable[[Groups], Integers]] = {
    "amount": lambda groups: groups.pico,
    "list_amount": lambda groups: groups.pico,
    "time": lambda groups: groups.bucket,
}


@dataclass(frozen=True)
class Query:
    """A request understood: days [first, after), and what to group by."""

    start: datetime
    end: datetime
    is_daily: bool
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def usage(world: World, items: Items) -> dict[str, object]:
    """Body of `/analytics/usage`."""
    parameters = Parameters(items, KNOWN)
    return _body(world, parameters, "usage", (), _USAGE_ORDERS, _usage_rows)


def cost(world: World, items: Items) -> dict[str, object]:
    """Body of `/analytics/cost`."""
    parameters = Parameters(items, KNOWN)
    return _body(world, parameters, "cost", COST_KINDS, _COST_ORDERS, _cost_rows)


Rows = Callable[[Query, Dimensions, Groups, Integers], list[dict[str, object]]]


def _body(
    world: World,
    parameters: Parameters,
    endpoint: str,
    kinds: tuple[str, ...],
    orders: dict[str, Callable[[Groups], Integers]],
    rows: Rows,
) -> dict[str, object]:
    query = _query(world.present, parameters, kinds)
    limit = parameters.limit(1000, 20)
    order_by = parameters.choice("order_by", tuple(orders), next(iter(orders)))
    is_up = parameters.choice("order", ("asc", "desc"), "desc") == "asc"
    cursor = parameters.cursor(endpoint, world.present)

    def ordered() -> tuple[Dimensions, Groups, Integers]:
        dimensions = Dimensions(world.company, cursor.at.date())
        found = _groups(world.usage(cursor.at), query, parameters, dimensions, endpoint)
        metric = orders[order_by](found)
        return (
            dimensions,
            found,
            np.argsort(metric if is_up else -metric, kind="stable"),
        )

    key = (endpoint, query, cursor.at, order_by, is_up, _filters(parameters))
    dimensions, found, order = world.once(key, ordered)
    chosen = order[cursor.offset : cursor.offset + limit]
    after = cursor.offset + limit
    has_more = after < len(found)
    next_page = parameters.token(endpoint, Cursor(after, cursor.at))
    return {
        "data": rows(query, dimensions, found, chosen),
        "has_more": has_more,
        "next_page": next_page if has_more else None,
        "data_refreshed_at": rfc3339(world.refreshed_at(cursor.at)),
    }


def _filters(parameters: Parameters) -> tuple[object, ...]:
    values = tuple((name, tuple(parameters.every(name))) for name in FILTERS)
    return (*values, parameters.one("exclude_deleted_users"))


def _query(now: datetime, parameters: Parameters, kinds: tuple[str, ...]) -> Query:
    start = parameters.instant("starting_at")
    end = parameters.instant("ending_at")
    width = parameters.one("time_bucket_width")
    if start is None:
        raise invalid("starting_at: Field required")
    if start < FIRST_INSTANT:
        floor = rfc3339(FIRST_INSTANT)
        raise invalid(f"starting_at: must be no earlier than {floor}")
    if start < now - timedelta(days=REACH_DAYS):
        raise invalid(f"starting_at: must be within the last {REACH_DAYS} days")
    if width is not None and end is None:
        raise invalid("ending_at: required when time_bucket_width is set")
    if width not in {None, "1d"}:
        raise invalid("time_bucket_width: this simulator reports whole days only")
    end = end or min(now, start + timedelta(days=MOST_DAYS))
    if end <= start:
        raise invalid("ending_at: must be after starting_at")
    if end - start > timedelta(days=MOST_DAYS):
        raise invalid(f"ending_at: the range must not exceed {MOST_DAYS} days")
    asked = parameters.every("group_by[]")
    names = tuple(name for name in dict.fromkeys(asked) if name not in kinds)
    for name in names:
        if name not in NAMES:
            raise invalid(f"group_by[]: unknown dimension {name!r}")
    if len(names) > MOST_GROUPS:
        raise invalid(f"group_by[]: at most {MOST_GROUPS} dimensions")
    if parameters.has("exclude_deleted_users") and "actor" not in names:
        raise invalid("exclude_deleted_users: requires group_by[] actor")
    split = tuple(kind for kind in kinds if kind in asked)
    return Query(*whole_days(start, end), width == "1d", names, split)


def _groups(
    usage: Usage,
    query: Query,
    parameters: Parameters,
    dimensions: Dimensions,
    endpoint: str,
) -> Groups:
    """The groups of the days asked for that pass every filter."""
    first, after = (timeline.index(at.date()) for at in (query.start, query.end))
    kept = (usage.day >= first) & (usage.day < after)
    if endpoint == "usage":
        kept &= usage.spans == 0
    for parameter, name in FILTERS.items():
        if parameters.has(parameter):
            wanted = set(parameters.every(parameter))
            labels = dimensions.labels[name]
            if name == "actor":
                labels = list(dimensions.principal_ids)
            passes = np.array([(label or "") in wanted for label in labels])
            kept &= passes[dimensions.codes(name, usage)]
    if parameters.one("exclude_deleted_users") == "true":
        kept &= ~np.array(dimensions.is_deleted)[usage.principal]
    rows = usage.take(kept)
    buckets = rows.day if query.is_daily else np.full(len(rows), first)
    return grouped(rows, dimensions, query.names, buckets)


def _place(
    query: Query, dimensions: Dimensions, groups: Groups, n: int
) -> dict[str, object]:
    """What a row says about itself: its time and its group."""
    start = query.start
    end = query.end
    if query.is_daily:
        day = timeline.day_at(int(groups.bucket[n]))
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        end = start + timedelta(days=1)
    group: dict[str, object] = dict.fromkeys(NAMES)
    for name, code in zip(query.names, groups.codes[n], strict=True):
        group[name] = dimensions.labels[name][code]
    return {"starting_at": rfc3339(start), "ending_at": rfc3339(end), "group": group}


def _usage_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for n in map(int, chosen):
        uncached, read, short, long, output = map(int, groups.tokens[n])
        row = _place(query, dimensions, groups, n)
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


def _cost_rows(
    query: Query, dimensions: Dimensions, groups: Groups, chosen: Integers
) -> list[dict[str, object]]:
    """A row per group, or one per cost type and token type that has a cost."""
    found: list[dict[str, object]] = []
    for n in map(int, chosen):
        for cost_type, token_type, pico in _amounts(query.kinds, groups, n):
            row = _place(query, dimensions, groups, n)
            kinds = {"cost_type": cost_type, "token_type": token_type}
            row["group"] = {**row["group"], **kinds}  # type: ignore[dict-item]
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
