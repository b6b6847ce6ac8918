"""Tokens and cents of seat users.

days → those within reach → pages of at most 1,000 rows → columns
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from ingestion.clock import Clock, today
from ingestion.columns import Columns
from ingestion.decoding import Shape
from ingestion.errors import Unavailable
from ingestion.http import Api
from ingestion.page import Page, explained
from ingestion.pagination import token_pages
from ingestion.redaction import redact
from ingestion.sources.anthropic_enterprise import tables
from ingestion.sources.anthropic_enterprise.connection import body
from ingestion.sources.anthropic_enterprise.shapes import (
    UNREAD_REPORT,
    CostRow,
    Report,
    Row,
    UsageRow,
)
from ingestion.window import ONE_DAY, Window

Item = TypeVar("Item")
FIRST_DAY: Final = date(2026, 1, 1)
# The vendor reaches back 365 days from the present instant; two days less, so that a
# pull over midnight does not lose its first day.
REACH: Final = timedelta(days=363)
MOST_DAYS: Final = 31
LIMIT: Final = 1000
NOTHING: Final = "the vendor reports nothing of any seat user for these days"
TOO_OLD: Final = "before the vendor's first day: it reaches back a year, and to 2026"
PRICING: Final = tuple(name for name, _, _ in tables.PRICING)
COST_KINDS: Final = tuple(name for name, _, _ in tables.COST_KINDS)
USAGE: Final = Shape(Report[UsageRow], tables.USER_USAGE.path)
COST: Final = Shape(Report[CostRow], tables.USER_COST.path)
_CENTS: Final = re.compile(r"-?\d{1,26}(?:\.\d{1,12}0*)?", re.ASCII)


def user_usage(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Tokens per day, seat user, product and pricing attributes."""
    asked = ("user_usage_report", window, clock, PRICING)
    return explained(_pages(api, *asked, USAGE, _usage_columns), NOTHING)


def user_cost(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Cents per day, seat user, pricing attributes and token type."""
    asked = ("user_cost_report", window, clock, (*PRICING, *COST_KINDS))
    return explained(_pages(api, *asked, COST, _cost_columns), NOTHING)


def first_report(api: Api, day: date) -> Report[UsageRow]:
    """The first rows of one day's usage: enough to know that it may be read."""
    params = [*_params(Window(day, day), PRICING), ("limit", "1")]
    return USAGE.read(body(api, "user_usage_report", params))


def _pages(
    api: Api,
    report: str,
    window: Window,
    clock: Clock,
    dimensions: Sequence[str],
    shape: Shape[Report[Item]],
    columns: Callable[[Sequence[Item]], Columns],
) -> Iterator[Page]:
    first = max(FIRST_DAY, today(clock) - REACH)
    if (old := window.before(first)) is not None:
        yield Page(columns([]), note=TOO_OLD, unreported=old)
    if (within := window.since(first)) is None:
        return
    for part in within.ranges(MOST_DAYS):
        params = [*_params(part, dimensions), ("limit", str(LIMIT))]
        yield from _part(api, report, params, shape, columns)


def _part(
    api: Api,
    report: str,
    params: Sequence[tuple[str, str]],
    shape: Shape[Report[Item]],
    columns: Callable[[Sequence[Item]], Columns],
) -> Iterator[Page]:
    def fetch(token: str | None) -> tuple[Page, str | None]:
        cursor = [] if token is None else [("page", token)]
        told = body(api, report, [*params, *cursor])
        found = shape.read(told)
        if found.has_more and not found.next_page:
            raise Unavailable(
                api.source,
                f"{report}: the answer says that more follows and names no next page; "
                "nothing of this pull was kept.",
                fix="run again; if it repeats, report it to the vendor with the time.",
            )
        refreshed = found.data_refreshed_at
        page = Page(
            columns(found.data),
            body=redact(told),
            refreshed_at=_instant(refreshed, shape, "data_refreshed_at")
            if refreshed
            else None,
            unknown_fields=shape.unknown_fields(told) - UNREAD_REPORT,
        )
        return page, found.next_page if found.has_more else None

    return token_pages(fetch, api.source)


def _params(window: Window, dimensions: Sequence[str]) -> list[tuple[str, str]]:
    return [
        ("starting_at", f"{window.first}T00:00:00Z"),
        ("ending_at", f"{window.last + ONE_DAY}T00:00:00Z"),  # exclusive
        ("bucket_width", "1d"),
        *(("group_by[]", dimension) for dimension in dimensions),
    ]


def _usage_columns(rows: Sequence[UsageRow]) -> Columns:
    written = [row.cache_creation for row in rows]
    return {
        **_whose(rows, USAGE),
        "uncached_input_tokens": [row.uncached_input_tokens for row in rows],
        "cache_read_input_tokens": [row.cache_read_input_tokens for row in rows],
        "cache_creation_5m_input_tokens": [
            each.ephemeral_5m_input_tokens for each in written
        ],
        "cache_creation_1h_input_tokens": [
            each.ephemeral_1h_input_tokens for each in written
        ],
        "output_tokens": [row.output_tokens for row in rows],
        "total_tokens": [row.total_tokens for row in rows],
        "requests": [row.requests for row in rows],
        "web_search_requests": [
            row.server_tool_use.web_search_requests for row in rows
        ],
    }


def _cost_columns(rows: Sequence[CostRow]) -> Columns:
    return {
        **_whose(rows, COST),
        "cost_type": [row.cost_type for row in rows],
        "token_type": [row.token_type for row in rows],
        "amount_cents": [_cents(row.amount, "amount") for row in rows],
        "list_amount_cents": [_cents(row.list_amount, "list_amount") for row in rows],
        "currency": [row.currency for row in rows],
    }


def _whose(rows: Sequence[Row], shape: Shape[Any]) -> Columns:
    """Day, user and dimensions of each row."""
    actors = [row.actor for row in rows]
    starts = {
        text: _instant(text, shape, "data[].starting_at").date()
        for text in {row.starting_at for row in rows}
    }
    return {
        "usage_date": [starts[row.starting_at] for row in rows],
        "actor_type": [actor.type for actor in actors],
        "user_id": [actor.user_id for actor in actors],
        "user_email": [actor.email_address or actor.email for actor in actors],
        "is_deleted_user": [actor.deleted for actor in actors],
        **{name: [getattr(row, name) for row in rows] for name in PRICING},
    }


def _instant(text: str, shape: Shape[Any], field: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        problem = f"{text[:40]!r} is no instant with a time zone."
        raise shape.changed(field, problem)
    return at.astimezone(UTC)


def _cents(amount: str, field: str) -> Decimal:
    if not _CENTS.fullmatch(amount):
        problem = f"{amount[:40]!r} is no decimal amount of at most 12 decimals."
        raise COST.changed(f"data[].{field}", problem)
    return Decimal(amount)
