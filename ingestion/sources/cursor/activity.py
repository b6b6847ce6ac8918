"""Daily activity of every member: requests, completions and lines, without money."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.cursor.listing import PAGE_SIZE, Listed, Pagination, listed
from ingestion.sources.cursor.numbers import epoch_ms, user_id
from ingestion.sources.cursor.tables import DAILY_USAGE
from ingestion.window import Window

PATH: Final = "/teams/daily-usage-data"
NO_DAYS: Final = "the vendor reports no member for these days"


class MemberDay(Struct, gc=False):
    """One member's day."""

    userId: int | str
    day: date
    isActive: bool
    email: str | None
    totalLinesAdded: int | None = None
    totalLinesDeleted: int | None = None
    acceptedLinesAdded: int | None = None
    acceptedLinesDeleted: int | None = None
    totalApplies: int | None = None
    totalAccepts: int | None = None
    totalRejects: int | None = None
    totalTabsShown: int | None = None
    totalTabsAccepted: int | None = None
    composerRequests: int | None = None
    chatRequests: int | None = None
    agentRequests: int | None = None
    cmdkUsages: int | None = None
    bugbotUsages: int | None = None
    subscriptionIncludedReqs: int | None = None
    usageBasedReqs: int | None = None
    apiKeyReqs: int | None = None
    mostUsedModel: str | None = None
    clientVersion: str | None = None


class MemberDays(Struct):
    """A page of members' days."""

    data: list[MemberDay]
    pagination: Pagination | None


DAYS: Final = Shape(MemberDays, DAILY_USAGE.path)
_UNREAD: Final = frozenset(
    {
        "period",
        "data[].date",
        "data[].applyMostUsedExtension",
        "data[].tabMostUsedExtension",
        "pagination.pageSize",
        "pagination.totalUsers",
        "pagination.totalPages",
        "pagination.hasPreviousPage",
    }
)
_FIELDS: Final = {
    "usage_date": "day",
    "email": "email",
    "is_active": "isActive",
    "lines_added": "totalLinesAdded",
    "lines_deleted": "totalLinesDeleted",
    "accepted_lines_added": "acceptedLinesAdded",
    "accepted_lines_deleted": "acceptedLinesDeleted",
    "applies": "totalApplies",
    "accepts": "totalAccepts",
    "rejects": "totalRejects",
    "tabs_shown": "totalTabsShown",
    "tabs_accepted": "totalTabsAccepted",
    "composer_requests": "composerRequests",
    "chat_requests": "chatRequests",
    "agent_requests": "agentRequests",
    "cmdk_usages": "cmdkUsages",
    "bugbot_usages": "bugbotUsages",
    "subscription_included_requests": "subscriptionIncludedReqs",
    "usage_based_requests": "usageBasedReqs",
    "api_key_requests": "apiKeyReqs",
    "most_used_model": "mostUsedModel",
    "client_version": "clientVersion",
}


def daily_usage(api: Api, window: Window) -> Iterator[Page]:
    """Pages of `cursor/daily_usage`; asked with paging, which lists idle members."""
    for found in listed(f"POST {PATH}", lambda number: _page(api, window, number)):
        rows = [row for row in found.rows if row.day <= window.last]
        yield Page(
            _columns(rows),
            body=redact(found.body),
            unknown_fields=DAYS.unknown_fields(found.body) - _UNREAD,
            note="" if rows else NO_DAYS,
        )


def _page(api: Api, window: Window, number: int) -> Listed[MemberDay]:
    body = api.post(
        PATH,
        {
            "startDate": epoch_ms(window.starting_at),
            "endDate": epoch_ms(window.ending_at),
            "page": number,
            "pageSize": PAGE_SIZE,
        },
    ).body
    answer = DAYS.read(body)
    return Listed.paged(answer.data, body, answer.pagination)


def _columns(rows: Sequence[MemberDay]) -> dict[str, list[Any]]:
    return {
        "user_id": [user_id(row.userId) for row in rows],
        **{
            name: [getattr(row, field) for row in rows]
            for name, field in _FIELDS.items()
        },
    }
