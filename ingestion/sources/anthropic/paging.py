"""Reports page by page, with the body as it may be stored."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from ingestion.columns import Columns
from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import broken_off, token_pages
from ingestion.redaction import redact
from ingestion.sources.anthropic.shapes import UNREAD, Report
from ingestion.window import Window

Item = TypeVar("Item")
Params = list[tuple[str, str]]
MOST_DAYS = 31  # both of a range of the analytics API and of daily buckets


def report_pages(
    api: Api, path: str, params: Params, shape: Shape[Report[Item]]
) -> Iterator[tuple[Report[Item], bytes]]:
    """Every page of a report with its body; raises Unavailable if it breaks off."""

    def fetch(token: str | None) -> tuple[tuple[Report[Item], bytes], str | None]:
        cursor = [] if token is None else [("page", token)]
        body = api.get(path, [*params, *cursor]).body
        report = shape.read(body)
        if report.has_more and not report.next_page:
            raise broken_off(api.source, path)
        return (report, body), report.next_page if report.has_more else None

    return token_pages(fetch, api.source)


def page(
    columns: Columns, report: Report[Item], body: bytes, shape: Shape[Any]
) -> Page:
    """The page that lands in the lake."""
    return Page(
        columns,
        body=redact(body),
        refreshed_at=report.data_refreshed_at,
        unknown_fields=shape.unknown_fields(body) - UNREAD,
    )


def range_params(window: Window, dimensions: Iterable[str]) -> Params:
    """What both kinds of report ask alike: days, and the dimensions to group by."""
    return [
        ("starting_at", _instant(window.starting_at)),
        ("ending_at", _instant(window.ending_at)),
        *(("group_by[]", dimension) for dimension in dimensions),
    ]


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
