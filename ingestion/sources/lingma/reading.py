"""Developer usage page by page: a page that is not full is the last one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import Struct

from ingestion.columns import Columns
from ingestion.decoding import Shape
from ingestion.page import Page
from ingestion.pagination import offset_pages, repeated
from ingestion.redaction import redact
from ingestion.sources.lingma.connection import Connection
from ingestion.sources.lingma.tables import SOURCE
from ingestion.window import Window

ROWS_A_PAGE: Final = 100
# The vendor sends midnight in China, which is the day before in UTC.
CHINA: Final = timedelta(hours=8)
NOTHING: Final = "the vendor reports no usage"


class Usage(Struct, rename="camel"):
    """One developer's day; `date` is in epoch milliseconds."""

    date: int
    user_id: str
    status_active: bool | None = None
    total_chat_turns: int | None = None
    total_lines_suggested: int | None = None
    total_lines_accepted: int | None = None


USAGE: Final = Shape(list[Usage], "lingma/developer_usage")
UNREAD: Final = frozenset(
    f"[].{name}"
    for name in (
        *("breakdown", "statusActiveChat", "statusActiveCompletion"),
        "statusActiveLastedTime",
    )
)
# Of the breakdown nothing is read; it goes by language and editor.
NOT_KEPT: Final = frozenset({"breakdown"})


def developer_usage(at: Connection, window: Window) -> Iterator[Page]:
    """The window's days of all developers; raises Unavailable for a repeated page."""
    previous: list[Usage] = []

    def fetch(offset: int) -> tuple[Page, int | None]:
        nonlocal previous
        body = at.api.get(
            at.path,
            [
                ("startTime", window.first.isoformat()),
                ("endTime", window.last.isoformat()),  # included
                ("page", str(offset // ROWS_A_PAGE + 1)),
                ("perPage", str(ROWS_A_PAGE)),
            ],
        ).body
        rows = USAGE.read(body)
        if rows and rows == previous:
            raise repeated(SOURCE, at.path)
        previous = rows
        columns = _columns(rows, window)
        page = Page(
            columns,
            body=redact(body, NOT_KEPT),
            unknown_fields=USAGE.unknown_fields(body) - UNREAD,
            note="" if columns["usage_date"] or offset else NOTHING,
        )
        return page, offset + ROWS_A_PAGE if len(rows) >= ROWS_A_PAGE else None

    return offset_pages(fetch, SOURCE)


def _columns(rows: Sequence[Usage], window: Window) -> Columns:
    days = [_day(row.date) for row in rows]
    kept = [
        (day, row)
        for day, row in zip(days, rows, strict=True)
        if window.first <= day <= window.last
    ]
    return {
        "usage_date": [day for day, _ in kept],
        "user_id": [row.user_id for _, row in kept],
        "is_active": [row.status_active for _, row in kept],
        "chat_turns": [row.total_chat_turns for _, row in kept],
        "lines_suggested": [row.total_lines_suggested for _, row in kept],
        "lines_accepted": [row.total_lines_accepted for _, row in kept],
    }


def _day(milliseconds: int) -> date:
    try:
        return (datetime.fromtimestamp(milliseconds // 1000, UTC) + CHINA).date()
    except (OverflowError, OSError, ValueError):
        problem = "it is no instant in epoch milliseconds."
        raise USAGE.changed("[].date", problem) from None
