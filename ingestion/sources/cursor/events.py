"""Usage events: every metered call with its tokens and its money.

days → weeks → pages of at most 1,000 events → columns
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.cursor.listing import PAGE_SIZE, Listed, Pagination, listed
from ingestion.sources.cursor.numbers import (
    amounts,
    days,
    epoch_ms,
    instants,
    milliseconds,
)
from ingestion.sources.cursor.tables import USAGE_EVENTS
from ingestion.window import Window

PATH: Final = "/teams/filtered-usage-events"
# A list is held in memory until it is known to be whole, so it is kept to a week.
DAYS_AT_ONCE: Final = 7
NO_EVENTS: Final = "the vendor reports no usage"


class TokenUsage(Struct, gc=False):
    """Tokens by class, which are disjoint, and the model's cost in cents. A class that
    is not told is unknown and not zero."""

    inputTokens: int
    outputTokens: int
    cacheWriteTokens: int | None = None
    cacheReadTokens: int | None = None
    totalCents: Decimal | None = None
    discountPercentOff: Decimal | None = None


UNMETERED: Final = None, None, None, None, None, None


class Event(Struct, gc=False):
    """One metered call; `timestamp` is text."""

    timestamp: str
    userEmail: str | None
    model: str
    kind: str
    isTokenBasedCall: bool
    maxMode: bool | None = None
    isHeadless: bool | None = None
    isChargeable: bool | None = None
    isFreeBugbot: bool | None = None
    requestsCosts: Decimal | None = None
    tokenUsage: TokenUsage | None = None
    chargedCents: Decimal | None = None
    cursorTokenFee: Decimal | None = None
    serviceAccountId: str | None = None


class Events(Struct):
    """A page of events."""

    totalUsageEventsCount: int
    usageEvents: list[Event]
    pagination: Pagination | None


EVENTS: Final = Shape(Events, USAGE_EVENTS.path)
_UNREAD: Final = frozenset(
    {
        "period",
        "usageEvents[].conversationId",
        "pagination.numPages",
        "pagination.pageSize",
        "pagination.hasPreviousPage",
    }
)
_SAME: Final = {
    "user_email": "userEmail",
    "service_account_id": "serviceAccountId",
    "model": "model",
    "kind": "kind",
    "is_token_based": "isTokenBasedCall",
    "is_max_mode": "maxMode",
    "is_headless": "isHeadless",
    "is_chargeable": "isChargeable",
    "is_free_bugbot": "isFreeBugbot",
}


def usage_events(api: Api, window: Window) -> Iterator[Page]:
    """Pages of `cursor/usage_events`."""
    for week in window.ranges(DAYS_AT_ONCE):
        seen: dict[tuple[Any, ...], int] = {}
        for found in listed(f"POST {PATH}", lambda n, days=week: _page(api, days, n)):
            yield _as_page(found, week, seen)


def _page(api: Api, window: Window, number: int) -> Listed[Event]:
    body = api.post(
        PATH,
        {
            "startDate": epoch_ms(window.starting_at),
            "endDate": epoch_ms(window.ending_at),
            "page": number,
            "pageSize": PAGE_SIZE,
        },
    ).body
    answer = EVENTS.read(body)
    return Listed.paged(
        answer.usageEvents, body, answer.pagination, answer.totalUsageEventsCount
    )


def _as_page(
    found: Listed[Event], window: Window, seen: dict[tuple[Any, ...], int]
) -> Page:
    """The page without events after the window: whether the vendor's end is inclusive
    is not documented, and the next day's pull brings what lies on it."""
    events = found.rows
    times = milliseconds(
        [event.timestamp for event in events], EVENTS, "usageEvents[].timestamp"
    )
    end = epoch_ms(window.ending_at)
    kept = [place for place, at in enumerate(times) if at < end]
    columns = _columns([events[p] for p in kept], [times[p] for p in kept])
    keys = [columns[name] for name in USAGE_EVENTS.key if name != "occurrence"]
    columns["occurrence"] = _occurrences(zip(*keys, strict=True), seen)
    return Page(
        columns,
        body=redact(found.body),
        unknown_fields=EVENTS.unknown_fields(found.body) - _UNREAD,
        note="" if kept else NO_EVENTS,
    )


def _columns(events: Sequence[Event], times: Sequence[int]) -> dict[str, list[Any]]:
    metered = [
        UNMETERED
        if (used := event.tokenUsage) is None
        else (
            used.inputTokens,
            used.outputTokens,
            used.cacheWriteTokens,
            used.cacheReadTokens,
            used.totalCents,
            used.discountPercentOff,
        )
        for event in events
    ]
    tokens = [list(column) for column in zip(*metered, strict=True)] or [
        [] for _ in UNMETERED
    ]
    return {
        "usage_date": days(times),
        "occurred_at": instants(times),
        **{
            name: [getattr(event, field) for event in events]
            for name, field in _SAME.items()
        },
        "input_tokens": tokens[0],
        "output_tokens": tokens[1],
        "cache_write_tokens": tokens[2],
        "cache_read_tokens": tokens[3],
        "model_cents": amounts(tokens[4]),
        "discount_percent": amounts(tokens[5]),
        "request_units": amounts(event.requestsCosts for event in events),
        "charged_cents": amounts(event.chargedCents for event in events),
        "fee_cents": amounts(event.cursorTokenFee for event in events),
    }


def _occurrences(
    keys: Iterable[tuple[Any, ...]], seen: dict[tuple[Any, ...], int]
) -> list[int]:
    """For each event its number among those alike, those of earlier pages included."""
    found: list[int] = []
    for key in keys:
        seen[key] = number = seen.get(key, 0) + 1
        found.append(number)
    return found
