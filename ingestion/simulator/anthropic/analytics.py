"""The unified usage and cost analytics: flat rows per day and group."""

from collections.abc import Callable

import msgspec
import numpy as np

from ingestion.simulator.anthropic.answers import rfc3339
from ingestion.simulator.anthropic.dimensions import Dimensions
from ingestion.simulator.anthropic.groups import Groups
from ingestion.simulator.anthropic.parameters import Cursor, Items, Parameters
from ingestion.simulator.anthropic.query import KNOWN, Query, filters, groups, query
from ingestion.simulator.anthropic.rows import cost_rows, usage_rows
from ingestion.simulator.usage import Integers
from ingestion.simulator.world import World

COST_KINDS = ("cost_type", "token_type")
_USAGE_ORDERS: dict[str, Callable[[Groups], Integers]] = {
    "total_tokens": lambda found: found.tokens.sum(axis=1),
    "output_tokens": lambda found: found.tokens[:, 4],
    "requests": lambda found: found.requests,
    "uncached_input_tokens": lambda found: found.tokens[:, 0],
    "time": lambda found: found.bucket,
}
_COST_ORDERS: dict[str, Callable[[Groups], Integers]] = {
    "amount": lambda found: found.pico,
    "list_amount": lambda found: found.pico,
    "time": lambda found: found.bucket,
}


def usage(world: World, items: Items) -> dict[str, object]:
    """Body of `/analytics/usage`."""
    parameters = Parameters(items, KNOWN)
    return _body(world, parameters, "usage", (), _USAGE_ORDERS, usage_rows)


def cost(world: World, items: Items) -> dict[str, object]:
    """Body of `/analytics/cost`."""
    parameters = Parameters(items, KNOWN)
    return _body(world, parameters, "cost", COST_KINDS, _COST_ORDERS, cost_rows)


Rows = Callable[[Query, Dimensions, Groups, Integers], list[msgspec.Raw]]


def _body(
    world: World,
    parameters: Parameters,
    endpoint: str,
    kinds: tuple[str, ...],
    orders: dict[str, Callable[[Groups], Integers]],
    rows: Rows,
) -> dict[str, object]:
    asked = query(world.present, parameters, kinds)
    limit = parameters.limit(1000, 20)
    order_by = parameters.choice("order_by", tuple(orders), next(iter(orders)))
    is_up = parameters.choice("order", ("asc", "desc"), "desc") == "asc"
    cursor = parameters.cursor(endpoint, world.present)

    def ordered() -> tuple[Dimensions, Groups, Integers]:
        dimensions = Dimensions(world.company, cursor.at.date())
        found = groups(
            world.usage(cursor.at), asked, parameters, dimensions, endpoint == "cost"
        )
        metric = orders[order_by](found)
        return (
            dimensions,
            found,
            np.argsort(metric if is_up else -metric, kind="stable"),
        )

    key = (endpoint, asked, cursor.at, order_by, is_up, filters(parameters))
    dimensions, found, order = world.once(key, ordered)
    chosen = order[cursor.offset : cursor.offset + limit]
    after = cursor.offset + limit
    has_more = after < len(found)
    next_page = parameters.token(endpoint, Cursor(after, cursor.at))
    return {
        "data": rows(asked, dimensions, found, chosen),
        "has_more": has_more,
        "next_page": next_page if has_more else None,
        "data_refreshed_at": rfc3339(world.refreshed_at(cursor.at)),
    }
