"""Usage and members page by page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from ingestion.amount import amounts
from ingestion.columns import Columns
from ingestion.page import Page
from ingestion.pagination import repeated, token_pages
from ingestion.redaction import redact
from ingestion.sources.qoder.connection import Connection
from ingestion.sources.qoder.shapes import MEMBERS, UNREAD, USAGES, Usage
from ingestion.sources.qoder.tables import SOURCE
from ingestion.window import Window

# Wide enough for every credit, and not for the noise of binary fractions.
_WIDTH: Final = {"digits": 20, "places": 8}
MOST_RESULTS: Final = ("maxResults", "100")
NOTHING: Final = "the vendor reports no usage"


def usage_events(at: Connection, window: Window) -> Iterator[Page]:
    """The window's records of all members; raises Unavailable for a repeated page."""
    path = f"{at.path}/usage-events"
    params = [
        ("startDate", window.starting_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("endDate", window.ending_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        MOST_RESULTS,
    ]
    seen: Counter[Any] = Counter()
    previous: list[Usage] = []

    def fetch(cursor: str | None) -> tuple[Page, str | None]:
        nonlocal previous
        # The cursor goes back under the name it came with.
        name, _, value = (cursor or "").partition("=")
        more = [(name, value)] if cursor else []
        body = at.api.get(path, [*params, *more]).body
        answer = USAGES.read(body)
        if answer.usages and answer.usages == previous:
            raise repeated(SOURCE, path)
        previous = answer.usages
        page = Page(
            _usage_columns(at, answer.usages, window, seen),
            body=redact(body),
            unknown_fields=USAGES.unknown_fields(body) - UNREAD,
        )
        if not page.columns["usage_date"]:
            page = replace(page, note=NOTHING)
        if answer.next_token:
            return page, f"nextToken={answer.next_token}"
        credits_cursor = answer.next_credits
        return page, f"nextCredits={credits_cursor}" if credits_cursor else None

    return token_pages(fetch, SOURCE)


def members(at: Connection) -> Iterator[Page]:
    """All members, removed ones included."""
    path = f"{at.path}/members"
    params = [("includeDeleted", "true"), MOST_RESULTS]

    def fetch(cursor: str | None) -> tuple[Page, str | None]:
        more = [] if cursor is None else [("nextToken", cursor)]
        body = at.api.get(path, [*params, *more]).body
        answer = MEMBERS.read(body)
        listed = answer.members
        page = Page(
            {
                "member_id": [member.id for member in listed],
                "email": [member.email or None for member in listed],
                "full_name": [member.name for member in listed],
                "role": [member.role for member in listed],
                "status": [member.status for member in listed],
                "joined_at": [member.joined_at for member in listed],
                "deleted_at": [member.deleted_at for member in listed],
            },
            body=redact(body),
            unknown_fields=MEMBERS.unknown_fields(body) - UNREAD,
        )
        return page, answer.next_token or None

    return token_pages(fetch, SOURCE)


def _usage_columns(
    at: Connection, usages: list[Usage], window: Window, seen: Counter[Any]
) -> Columns:
    """The records of the window's days; whether its end counts is undocumented."""
    instants = [_instant(usage.timestamp) for usage in usages]
    kept = [
        (usage, instant)
        for usage, instant in zip(usages, instants, strict=True)
        if window.first <= instant.date() <= window.last
    ]
    rows = [usage for usage, _ in kept]
    days: list[date] = [instant.date() for _, instant in kept]
    return {
        "usage_date": days,
        "used_at": [instant for _, instant in kept],
        "user_id": [row.user_id or "" for row in rows],
        "user_email": [row.user_email or None for row in rows],
        "usage_source": [row.source or None for row in rows],
        "operation": [row.operation or None for row in rows],
        "model_tier": [row.model_tier or None for row in rows],
        "occurrence": [_occurrence(row, seen) for row in rows],
        "credits": amounts(
            [row.credits for row in rows], USAGES, "usages[].credits", **_WIDTH
        ),
        "vendor_cost": amounts(
            [row.cost for row in rows], USAGES, "usages[].cost", **_WIDTH
        ),
        "usd_per_credit": [at.usd_per_credit] * len(rows),
    }


def _instant(milliseconds: int) -> datetime:
    try:
        seconds, rest = divmod(milliseconds, 1000)
        whole = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise USAGES.changed(
            "usages[].timestamp", "it is no instant in epoch milliseconds."
        ) from None
    return whole.replace(microsecond=rest * 1000)


def _occurrence(row: Usage, seen: Counter[Any]) -> int:
    """How many records of the same key came so far, this one included."""
    tier = row.model_tier or None
    key = (row.timestamp, row.user_id or "", row.source or None, row.operation, tier)
    seen[key] += 1
    return seen[key]
