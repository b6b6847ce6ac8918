"""What each user did on a day, beside the tokens.

one UTC day a request → pages of users → counters by product
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured
from ingestion.http import Api
from ingestion.page import Page, explained
from ingestion.pagination import token_pages
from ingestion.redaction import redact
from ingestion.sources.anthropic_enterprise import tables
from ingestion.sources.anthropic_enterprise.connection import body
from ingestion.sources.anthropic_enterprise.shapes import (
    UNREAD_ACTIVITY,
    Activities,
    Activity,
    Code,
)
from ingestion.window import Window

FIRST_DAY: Final = date(2026, 1, 1)
LIMIT: Final = 1000
NOTHING: Final = "the vendor reports no active user for these days"
TOO_OLD: Final = "before the vendor's first day, 2026-01-01"
ACTIVITY: Final = Shape(Activities, tables.USER_ACTIVITY.path)
_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def user_activity(api: Api, window: Window) -> Iterator[Page]:
    """Activity per day and user; a day that is not ready yet is empty and says so."""
    return explained(_days(api, window), NOTHING)


def _days(api: Api, window: Window) -> Iterator[Page]:
    for day in window.days():
        if day < FIRST_DAY:
            yield _unreported(day, TOO_OLD)
            continue
        try:
            yield from _pages(api, day)
        except Misconfigured as error:
            newest = _newest_day(error, day)
            if newest is None:
                raise
            note = f"no report for this day yet; the newest is of {newest}"
            yield _unreported(day, note)


def _unreported(day: date, note: str) -> Page:
    return Page(_columns(day, []), note=note, unreported=Window(day, day))


def _pages(api: Api, day: date) -> Iterator[Page]:
    asked = [("date", day.isoformat()), ("limit", str(LIMIT))]

    def fetch(token: str | None) -> tuple[Page, str | None]:
        cursor = [] if token is None else [("page", token)]
        told = body(api, "users", [*asked, *cursor])
        found = ACTIVITY.read(told)
        page = Page(
            _columns(day, found.data),
            body=redact(told),
            unknown_fields=ACTIVITY.unknown_fields(told) - UNREAD_ACTIVITY,
        )
        return page, found.next_page or None

    return token_pages(fetch, api.source)


def _newest_day(error: Misconfigured, asked: date) -> date | None:
    """The newest day that the vendor has, if it refused a day as too recent."""
    if "status 400" not in error.problem:
        return None
    told = [date.fromisoformat(text) for text in _DAY.findall(error.problem)]
    return max((day for day in told if day < asked), default=None)


def _columns(day: date, rows: Sequence[Activity]) -> dict[str, list[Any]]:
    chats = [row.chat_metrics for row in rows]
    coworks = [row.cowork_metrics for row in rows]
    return {
        "usage_date": [day] * len(rows),
        "user_id": [row.user.id for row in rows],
        "user_email": [row.user.email_address for row in rows],
        "chat_conversations": [c and c.distinct_conversation_count for c in chats],
        "chat_messages": [chat and chat.message_count for chat in chats],
        "cowork_sessions": [c and c.distinct_session_count for c in coworks],
        "cowork_messages": [cowork and cowork.message_count for cowork in coworks],
        **_code_columns([row.claude_code_metrics for row in rows]),
        "web_searches": [row.web_search_count for row in rows],
    }


def _code_columns(rows: Sequence[Code | None]) -> dict[str, list[Any]]:
    cores = [row and row.core_metrics for row in rows]
    return {
        "code_sessions": [core and core.distinct_session_count for core in cores],
        "code_commits": [core and core.commit_count for core in cores],
        "code_pull_requests": [core and core.pull_request_count for core in cores],
        "code_lines_added": [core and core.lines_of_code.added_count for core in cores],
        "code_lines_removed": [
            core and core.lines_of_code.removed_count for core in cores
        ],
        **{
            f"{tool}_{verdict}": [
                row and getattr(getattr(row.tool_actions, tool), f"{verdict}_count")
                for row in rows
            ]
            for tool in tables.TOOLS
            for verdict in ("accepted", "rejected")
        },
    }
