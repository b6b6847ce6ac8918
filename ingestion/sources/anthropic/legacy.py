"""The older Console reports, for days that the analytics API does not reach.

days → ranges of 31 → pages of whole days, oldest first → the same columns as today's
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.sources.anthropic.cents import cents
from ingestion.sources.anthropic.columns import (
    principal_columns,
    summed,
    token_columns,
    usage_dates,
)
from ingestion.sources.anthropic.paging import (
    MOST_DAYS,
    page,
    range_params,
    report_pages,
)
from ingestion.sources.anthropic.principals import UNKNOWN, legacy_principal
from ingestion.sources.anthropic.shapes import (
    Bucket,
    LegacyCost,
    LegacyKeyUsage,
    LegacyUsage,
    Report,
)
from ingestion.window import Window

Row = TypeVar("Row")
USAGE_PATH: Final = "/v1/organizations/usage_report/messages"
COST_PATH: Final = "/v1/organizations/cost_report"
OWNERS: Final = ("account_id", "service_account_id", "api_key_id")
PRICING: Final = ("model", "service_tier", "context_window", "inference_geo")
TOKENS: Final = tuple(token_columns(()))

USAGE: Final = Shape(Report[Bucket[LegacyUsage]], "anthropic/usage")
USAGE_BY_KEY: Final = Shape(Report[Bucket[LegacyKeyUsage]], "anthropic/usage_by_key")
COST: Final = Shape(Report[Bucket[LegacyCost]], "anthropic/cost")


def usage(api: Api, window: Window) -> Iterator[Page]:
    """Tokens per day, principal and pricing attributes."""
    groups = (*OWNERS, *PRICING)
    for report, body in _pages(api, USAGE_PATH, window, groups, USAGE):
        columns = _usage_columns(report.data, PRICING)
        yield page(columns, report, body, USAGE)


def usage_by_key(api: Api, window: Window) -> Iterator[Page]:
    """Tokens per day, principal, workspace and API key; the product is not told."""
    groups = (*OWNERS, "model", "workspace_id")
    for report, body in _pages(api, USAGE_PATH, window, groups, USAGE_BY_KEY):
        columns = _usage_columns(report.data, ("model", "workspace_id", "api_key_id"))
        columns["product"] = [None] * len(columns["endpoint"])
        yield page(columns, report, body, USAGE_BY_KEY)


def cost(api: Api, window: Window) -> Iterator[Page]:
    """Cents per day, pricing attributes and token type; nobody's in particular."""
    for report, body in _pages(api, COST_PATH, window, ("description",), COST):
        yield page(_cost_columns(report.data), report, body, COST)


def _pages(
    api: Api,
    path: str,
    window: Window,
    dimensions: Sequence[str],
    shape: Shape[Report[Bucket[Row]]],
) -> Iterator[tuple[Report[Bucket[Row]], bytes]]:
    for part in window.ranges(MOST_DAYS):
        params = [
            *range_params(part, dimensions),
            ("bucket_width", "1d"),
            ("limit", str(MOST_DAYS)),  # of buckets, not of rows
        ]
        yield from report_pages(api, path, params, shape)


def _usage_columns(
    buckets: Sequence[Bucket[Any]], dimensions: Sequence[str]
) -> Columns:
    """A row of the vendor per account, service account and key becomes one per
    principal, so rows of a user's several keys are added."""
    rows = [row for bucket in buckets for row in bucket.results]
    owners = [
        legacy_principal(row.account_id, row.service_account_id, row.api_key_id)
        for row in rows
    ]
    columns = summed(
        {
            "usage_date": _dates(buckets),
            **principal_columns(owners),
            **named(rows, dimensions),
            **token_columns(rows),
        },
        TOKENS,
    )
    count = len(columns["usage_date"])
    return {
        **columns,
        "total_tokens": [None] * count,
        "requests": [None] * count,
        "endpoint": ["legacy"] * count,
    }


def _cost_columns(buckets: Sequence[Bucket[LegacyCost]]) -> Columns:
    rows = [row for bucket in buckets for row in bucket.results]
    amounts = [row.amount for row in rows]
    columns = summed(
        {
            "usage_date": _dates(buckets),
            **principal_columns([UNKNOWN] * len(rows)),
            **named(rows, (*PRICING, "cost_type", "token_type", "currency")),
            "amount_cents": cents(amounts, "anthropic/cost", "data[].results[].amount"),
        },
        ("amount_cents",),
    )
    count = len(columns["usage_date"])
    return {
        **columns,
        "list_amount_cents": [None] * count,
        "endpoint": ["legacy"] * count,
    }


def _dates(buckets: Sequence[Bucket[Any]]) -> list[Any]:
    """The day of each row of the buckets."""
    days = usage_dates(buckets)
    pairs = zip(days, buckets, strict=True)
    return [day for day, bucket in pairs for _ in bucket.results]
