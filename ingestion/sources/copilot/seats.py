"""Seats of Copilot, page by page."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from ingestion.decoding import Shape
from ingestion.page import Page
from ingestion.pagination import offset_pages, repeated
from ingestion.redaction import redact
from ingestion.sources.copilot.connection import SEATS_FIX, Connection

PER_PAGE: Final = 100
Instant = Annotated[datetime, Meta(tz=True)]


class Assignee(Struct):
    """Who holds a seat."""

    login: str
    id: int
    type: str | None = None


class Seat(Struct):
    """One seat. Of `updated_at` GitHub says that it means nothing any more."""

    created_at: Instant
    assignee: Assignee | None = None
    plan_type: str | None = None
    pending_cancellation_date: date | None = None
    last_activity_at: Instant | None = None
    last_activity_editor: str | None = None


class Listed(Struct):
    """One page. `total_seats` is not read: it counts whom an enterprise pays for once
    and lists twice."""

    seats: list[Seat]


# Known and deliberately not read.
_UNREAD: Final = frozenset(
    {"total_seats"}
    | {f"seats[].{name}" for name in ("updated_at", "last_authenticated_at")}
    | {f"seats[].{name}" for name in ("assigning_team", "organization")}
    | {
        f"seats[].assignee.{name}"
        for name in (
            *("node_id", "avatar_url", "gravatar_id", "url", "html_url", "site_admin"),
            *(
                "followers_url",
                "following_url",
                "gists_url",
                "starred_url",
                "repos_url",
            ),
            *("subscriptions_url", "organizations_url", "events_url", "repos_url"),
            *("received_events_url", "name", "email", "starred_at", "user_view_type"),
        )
    }
)
# GitHub users may show an address and a name of their own choice; nobody needs them.
_PRIVATE: Final = frozenset({"email", "name", "gravatar_id"})
SEATS: Final = Shape(Listed, "copilot/seats")


def seats(at: Connection) -> Iterator[Page]:
    """All seats."""
    numbers = count(1)
    for listed, body in listed_seats(at):
        yield Page(
            _columns(at, listed, numbers),
            body=redact(body, _PRIVATE),
            unknown_fields=SEATS.unknown_fields(body) - _UNREAD,
            note="" if listed else "GitHub lists no seat of Copilot",
        )


def listed_seats(at: Connection) -> Iterator[tuple[list[Seat], bytes]]:
    """The seats of each page with its body, to the last page."""
    bodies: set[bytes] = set()

    def fetch(offset: int) -> tuple[tuple[list[Seat], bytes], int | None]:
        number = str(offset // PER_PAGE + 1)
        params = [("per_page", str(PER_PAGE)), ("page", number)]
        answer = at.get(at.account.seats, params, SEATS_FIX)
        listed = SEATS.read(answer.body).seats
        if listed and answer.body in bodies:
            raise repeated("copilot/seats", at.account.seats)
        bodies.add(answer.body)
        is_full = len(listed) >= PER_PAGE
        has_more = is_full or 'rel="next"' in answer.headers.get("link", "")
        return (listed, answer.body), offset + PER_PAGE if has_more else None

    return offset_pages(fetch, at.api.source)


def _columns(
    at: Connection, listed: Sequence[Seat], numbers: Iterator[int]
) -> dict[str, list[Any]]:
    holders = [seat.assignee for seat in listed]
    return {
        "user_login": [holder.login if holder else "" for holder in holders],
        "unassigned_number": [0 if holder else next(numbers) for holder in holders],
        "user_id": [holder and holder.id for holder in holders],
        "account_type": [holder and holder.type for holder in holders],
        "plan_type": [seat.plan_type for seat in listed],
        "created_at": [seat.created_at for seat in listed],
        "pending_cancellation_date": [s.pending_cancellation_date for s in listed],
        "last_activity_at": [seat.last_activity_at for seat in listed],
        "last_activity_editor": [seat.last_activity_editor for seat in listed],
        "monthly_usd": [at.seat_usd_per_month] * len(listed),
    }
