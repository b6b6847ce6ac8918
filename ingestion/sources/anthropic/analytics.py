"""The Usage & Cost Analytics API (beta of 2026-10-29): who used and cost what per day.

days → ranges of 31 → pages of at most 1,000 groups, oldest day first → columns
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.errors import BadCredentials, Misconfigured, MissingPermission
from ingestion.http import Api
from ingestion.page import Page
from ingestion.sources.anthropic.cents import cents
from ingestion.sources.anthropic.columns import (
    actor_columns,
    token_columns,
    utc_days,
)
from ingestion.sources.anthropic.connection import ANALYTICS_FIX
from ingestion.sources.anthropic.paging import (
    MOST_DAYS,
    page,
    range_params,
    report_pages,
)
from ingestion.sources.anthropic.shapes import (
    CostItem,
    KeyGroup,
    PricingGroup,
    Report,
    UsageItem,
)
from ingestion.window import Window

Item = TypeVar("Item")
PATH: Final = "/v1/organizations/analytics"
PRICING: Final = ("model", "service_tier", "context_window", "inference_geo")
KEYS: Final = ("model", "product", "workspace_id", "api_key_id")
COST_KINDS: Final = ("cost_type", "token_type")  # do not count toward the five groups

USAGE: Final = Shape(Report[UsageItem[PricingGroup]], "anthropic/usage")
USAGE_BY_KEY: Final = Shape(Report[UsageItem[KeyGroup]], "anthropic/usage_by_key")
COST: Final = Shape(Report[CostItem], "anthropic/cost")


def usage(api: Api, window: Window) -> Iterator[Page]:
    """Tokens per day, actor and pricing attributes."""
    for report, body in usage_reports(api, window):
        yield page(usage_columns(report.data, PRICING, USAGE), report, body, USAGE)


def usage_reports(
    api: Api, window: Window
) -> Iterator[tuple[Report[UsageItem[PricingGroup]], bytes]]:
    """The answers that `usage` reads, typed, each with its body as received."""
    return _pages(api, "usage", window, PRICING, USAGE)


def usage_by_key(api: Api, window: Window) -> Iterator[Page]:
    """Tokens per day, actor, product, workspace and API key."""
    for report, body in _pages(api, "usage", window, KEYS, USAGE_BY_KEY):
        columns = usage_columns(report.data, KEYS, USAGE_BY_KEY)
        yield page(columns, report, body, USAGE_BY_KEY)


def cost(api: Api, window: Window) -> Iterator[Page]:
    """Cents per day, actor, pricing attributes and token type."""
    dimensions = (*PRICING, *COST_KINDS)
    for report, body in _pages(api, "cost", window, dimensions, COST):
        yield page(_cost_columns(report.data, dimensions), report, body, COST)


def _pages(
    api: Api,
    report: str,
    window: Window,
    dimensions: Sequence[str],
    shape: Shape[Report[Item]],
) -> Iterator[tuple[Report[Item], bytes]]:
    path = f"{PATH}/{report}"
    try:
        for part in window.ranges(MOST_DAYS):
            params = [
                *range_params(part, ("actor", *dimensions)),
                ("time_bucket_width", "1d"),
                ("order_by", "time"),
                ("order", "asc"),
                ("limit", "1000"),
            ]
            yield from report_pages(api, path, params, shape)
    except BadCredentials:
        raise
    except Misconfigured as error:
        if not _is_not_offered(error):
            raise
        raise MissingPermission(
            error.source,
            "this key or the organisation's plan has no Usage & Cost Analytics: "
            f"{error.problem}",
            fix=ANALYTICS_FIX,
        ) from None


def _is_not_offered(error: Misconfigured) -> bool:
    """Whether the vendor refused the API as such: it answers 403, or 404 where the
    organisation does not have it, and 400 where a parameter is wrong."""
    return isinstance(error, MissingPermission) or "status 404" in error.problem


def usage_columns(
    items: Sequence[UsageItem[Any]], dimensions: Sequence[str], shape: Shape[Any]
) -> Columns:
    """The columns of rows of usage."""
    groups = [item.group for item in items]
    used = [item.usage for item in items]
    return {
        "usage_date": utc_days([item.starting_at for item in items], shape),
        **actor_columns([group.actor for group in groups], shape),
        **named(groups, dimensions),
        **token_columns(used),
        **named(used, ("total_tokens", "requests")),
        "endpoint": ["analytics"] * len(items),
    }


def _cost_columns(items: Sequence[CostItem], dimensions: Sequence[str]) -> Columns:
    groups = [item.group for item in items]
    amounts = [item.cost.amount for item in items]
    at_list = [item.cost.list_amount for item in items]
    path = "anthropic/cost"
    return {
        "usage_date": utc_days([item.starting_at for item in items], COST),
        **actor_columns([group.actor for group in groups], COST),
        **named(groups, dimensions),
        "amount_cents": cents(amounts, path, "data[].cost.amount"),
        "list_amount_cents": cents(at_list, path, "data[].cost.list_amount"),
        "currency": [item.cost.currency for item in items],
        "endpoint": ["analytics"] * len(items),
    }
