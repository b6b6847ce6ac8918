"""Costs per day, project, line item and, where the vendor offers it, API key.

days → asked by key, or without the key where that is refused → pages → columns
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from ingestion.amount import amounts
from ingestion.columns import named
from ingestion.decoding import Shape
from ingestion.errors import BadCredentials, Misconfigured, MissingPermission
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.openai.paging import (
    MOST_DAYS,
    UNREAD,
    Report,
    range_params,
    report_pages,
    rows_of,
    usage_dates,
)
from ingestion.window import ONE_DAY, Window

PATH: Final = "/v1/organization/costs"
BY_PROJECT: Final = ("project_id", "line_item")
BY_KEY: Final = (*BY_PROJECT, "api_key_id")
# Costs by key are refused for days before this one (1764979200 in Unix seconds).
BY_KEY_FROM: Final = date(2025, 12, 6)
REFUSED: Final = "the vendor refuses costs by API key: read by project and line item"
_ROW: Final = "data[].results[]"


class Amount(Struct):
    """An amount in whole units of a currency, sent as a number or as decimal text."""

    value: Decimal
    currency: str


class Cost(Struct):
    """One row of costs."""

    amount: Amount
    project_id: str | None
    line_item: str | None
    api_key_id: str | None = None
    quantity: Decimal | None = None
    quantity_unit: str | None = None


COSTS: Final = Shape(Report[Cost], "openai/costs")


def costs(api: Api, window: Window) -> Iterator[Page]:
    """Pages of `openai/costs`."""
    older, newer = _split(window)
    if older is not None:
        yield from _pages(api, older, BY_PROJECT)
    if newer is not None:
        yield from _by_key(api, newer)


def _by_key(api: Api, window: Window) -> Iterator[Page]:
    """Costs by key; without the key if the very first answer refuses the grouping."""
    pages = _pages(api, window, BY_KEY)
    try:
        first = next(pages)
    except (BadCredentials, MissingPermission):
        raise
    except Misconfigured as error:
        if "status 400" not in error.problem:
            raise
        yield from _pages(api, window, BY_PROJECT, note=REFUSED)
        return
    yield first
    yield from pages


def _pages(
    api: Api, window: Window, dimensions: Sequence[str], note: str = ""
) -> Iterator[Page]:
    for part in window.ranges(MOST_DAYS):
        params = range_params(part, dimensions)
        for report, body in report_pages(api, PATH, params, COSTS):
            yield _page(report, body, dimensions, note)


def _page(
    report: Report[Cost], body: bytes, dimensions: Sequence[str], note: str
) -> Page:
    rows = rows_of(report)
    quantities = [row.quantity for row in rows]
    empty = "" if rows else "no costs reported"
    return Page(
        {
            "usage_date": usage_dates(report, COSTS),
            **named(rows, (*BY_KEY, "quantity_unit")),
            "amount": amounts(
                [row.amount.value for row in rows], COSTS, f"{_ROW}.amount.value"
            ),
            "currency": [row.amount.currency for row in rows],
            "quantity": amounts(quantities, COSTS, f"{_ROW}.quantity"),
            "grouping": ["api_key" if dimensions is BY_KEY else "project"] * len(rows),
        },
        body=redact(body),
        unknown_fields=COSTS.unknown_fields(body) - UNREAD,
        note="; ".join(filter(None, (note, empty))),
    )


def _split(window: Window) -> tuple[Window | None, Window | None]:
    """The days without and with costs by key; None if none."""
    older = newer = None
    if window.first < BY_KEY_FROM:
        older = Window(window.first, min(window.last, BY_KEY_FROM - ONE_DAY))
    if window.last >= BY_KEY_FROM:
        newer = Window(max(window.first, BY_KEY_FROM), window.last)
    return older, newer
