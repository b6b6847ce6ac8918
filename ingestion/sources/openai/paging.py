"""Reports page by page: buckets of a day, each with its rows.

`limit` counts buckets and not rows, and an answer without it holds seven days only, so
every report is read until the vendor says that no more follows.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.pagination import broken_off, token_pages
from ingestion.window import Window

Row = TypeVar("Row")
Params = list[tuple[str, str]]
MOST_DAYS: Final = 31  # buckets of a day in one answer
_DAY: Final = 86_400  # seconds


class Bucket(Struct, Generic[Row]):
    """One UTC day, from Unix seconds; empty if there was nothing."""

    start_time: int
    results: list[Row]


class Report(Struct, Generic[Row]):
    """One page of any report."""

    data: list[Bucket[Row]]
    has_more: bool
    next_page: str | None = None


# Known and deliberately not read.
UNREAD: Final = frozenset(
    {"object", "data[].object", "data[].end_time", "data[].results[].object"}
)


def report_pages(
    api: Api, path: str, params: Params, shape: Shape[Report[Row]]
) -> Iterator[tuple[Report[Row], bytes]]:
    """Every page of a report with its body; raises Unavailable if it breaks off."""

    def fetch(token: str | None) -> tuple[tuple[Report[Row], bytes], str | None]:
        cursor = [] if token is None else [("page", token)]
        body = api.get(path, [*params, *cursor]).body
        report = shape.read(body)
        if report.has_more and not report.next_page:
            raise broken_off(api.source, path)
        return (report, body), report.next_page if report.has_more else None

    return token_pages(fetch, api.source)


def range_params(window: Window, dimensions: Iterable[str]) -> Params:
    """The days, end exclusive, and the dimensions to group by.

    The brackets are how the vendor's own client repeats a parameter.
    """
    return [
        ("start_time", str(int(window.starting_at.timestamp()))),
        ("end_time", str(int(window.ending_at.timestamp()))),
        ("bucket_width", "1d"),
        ("limit", str(MOST_DAYS)),
        *(("group_by[]", dimension) for dimension in dimensions),
    ]


def rows_of(report: Report[Row]) -> list[Row]:
    """The rows of all buckets, in order."""
    return [row for bucket in report.data for row in bucket.results]


def usage_dates(report: Report[Any], shape: Shape[Any]) -> list[date]:
    """The UTC day of each row; raises SchemaChanged if a bucket is no UTC day."""
    days = [_utc_day(bucket.start_time, shape) for bucket in report.data]
    pairs = zip(days, report.data, strict=True)
    return [day for day, bucket in pairs for _ in bucket.results]


def _utc_day(start_time: int, shape: Shape[Any]) -> date:
    if start_time % _DAY or not 0 <= start_time < 2**33:
        raise shape.changed(
            "data[].start_time", f"{start_time} is not the start of a UTC day."
        )
    return datetime.fromtimestamp(start_time, UTC).date()
