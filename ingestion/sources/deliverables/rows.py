"""Lines of a mapped file as columns of `deliverables/items` and `deliverables/people`.

Both are read together, so that a fault in one never lets the other land alone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from ingestion.columns import Columns
from ingestion.sheets.delimited import Reading, Sheet, amount, count, email
from ingestion.sheets.values import Reader, Unreadable, text
from ingestion.sources.deliverables.connection import (
    Constant,
    FileFeed,
    Scale,
    Target,
)

INVOLVEMENTS: Final[tuple[tuple[Target, str], ...]] = (
    ("authors", "author"),
    ("contributors", "contributor"),
    ("reviewers", "reviewer"),
)
_DATE_LENGTH: Final = len("2026-01-31")
_RATING_DECIMALS: Final = 6


@dataclass(frozen=True)
class Rows:
    """What one file says: its items, the line each is on, and their people."""

    items: Columns
    lines: list[int]
    people: Columns


def rows(feed: FileFeed, sheet: Sheet) -> Rows:
    """All rows of a file; raises BadInput with every fault in them."""
    reading = Reading(sheet)
    moments = _moment(feed.time_zone)
    ids = _mapped(feed, reading, "item_id", text, is_required=True)
    started = _mapped(feed, reading, "started_at", moments)
    delivered = _mapped(feed, reading, "delivered_at", moments)
    last_returned = _mapped(feed, reading, "last_returned_at", moments)
    items: Columns = {
        "feed": [feed.feed] * len(ids),
        "item_id": ids,
        "item_kind": _mapped(feed, reading, "item_kind", text),
        "project": _mapped(feed, reading, "project", text),
        "client": _mapped(feed, reading, "client", text),
        "started_at": started,
        "delivered_at": delivered,
        "returned_n": _returned(feed, reading, last_returned),
        "last_returned_at": last_returned,
        "rating": _ratings(feed, reading),
    }
    for line, start, end in zip(sheet.lines, started, delivered, strict=True):
        if start is not None and end is not None and end < start:
            column = _column(feed, "delivered_at")
            problem = "the item is delivered before it is started."
            reading.fault(line, column, problem, "correct one of the two.")
    people = _people(feed, reading, ids)
    reading.refuse()
    return Rows(items, sheet.lines, people)


def _people(feed: FileFeed, reading: Reading, ids: list[str]) -> Columns:
    """One row a person and involvement; who is named twice in a cell is one."""
    found: Columns = {
        name: [] for name in ("feed", "item_id", "account_id", "involvement")
    }
    for target, involvement in INVOLVEMENTS:
        named = _mapped(feed, reading, target, _accounts(feed.people_separator))
        for item, accounts in zip(ids, named, strict=True):
            for account in accounts or ():
                found["feed"].append(feed.feed)
                found["item_id"].append(item)
                found["account_id"].append(account)
                found["involvement"].append(involvement)
    return found


def _returned(
    feed: FileFeed, reading: Reading, last_returned: list[Any]
) -> list[int | None]:
    """Times returned; where only the day of it is mapped, once or never."""
    if "returned_n" in feed.mapping:
        return _mapped(feed, reading, "returned_n", count)
    if "last_returned_at" in feed.mapping:
        return [0 if at is None else 1 for at in last_returned]
    return [None] * len(last_returned)


def _ratings(feed: FileFeed, reading: Reading) -> list[Decimal | None]:
    if feed.rating_scale is None:
        return [None] * len(reading.sheet.lines)
    return _mapped(feed, reading, "rating", _within(feed.rating_scale))


def _mapped(
    feed: FileFeed,
    reading: Reading,
    target: Target,
    read: Reader,
    *,
    is_required: bool = False,
) -> list[Any]:
    """The values of the mapped column, the constant, or None throughout."""
    source = feed.mapping.get(target)
    if isinstance(source, Constant):
        return [source.constant] * len(reading.sheet.lines)
    if source is None:
        return [None] * len(reading.sheet.lines)
    return reading.column(source, read, is_required=is_required)


def _column(feed: FileFeed, target: Target) -> str:
    """How a message calls the column of a target."""
    source = feed.mapping.get(target)
    return source if isinstance(source, str) else target


def _moment(zone: str | None) -> Reader:
    """A reader of instants, UTC without a zone as the lake keeps them. What has no
    offset is local time of the feed, and a day its midnight."""
    local = None if zone is None else ZoneInfo(zone)

    def read(cell: str) -> datetime:
        try:
            at = (
                datetime.combine(date.fromisoformat(cell), time())
                if len(cell) == _DATE_LENGTH
                else datetime.fromisoformat(cell)
            )
        except ValueError:
            raise Unreadable(
                f"{cell[:60]!r} is no date.",
                "write it as YYYY-MM-DD, or with its time as 2026-03-31T16:30:00Z.",
            ) from None
        if at.tzinfo is None and local is None:
            raise Unreadable(
                f"{cell[:60]!r} has no offset from UTC.",
                "name the feed's time_zone in the configuration, or write the offset.",
            )
        placed = at.replace(tzinfo=local) if at.tzinfo is None else at
        return placed.astimezone(UTC).replace(tzinfo=None)

    return read


def _within(scale: Scale) -> Reader:
    """A reader of ratings on a scale."""

    def read(cell: str) -> Decimal:
        rating = amount(cell)
        if not scale.lowest <= rating <= scale.highest:
            raise Unreadable(
                f"{cell[:60]!r} is not from {scale.lowest:f} to {scale.highest:f}.",
                "correct the rating, or the feed's rating_scale.",
            )
        if rating != round(rating, _RATING_DECIMALS):
            raise Unreadable(
                f"{cell[:60]!r} has more than {_RATING_DECIMALS} decimals.",
                "round it where it comes from.",
            )
        return rating

    return read


def _accounts(separator: str) -> Reader:
    """A reader of people in one cell, each once."""

    def read(cell: str) -> tuple[str, ...]:
        parts = (part.strip() for part in cell.split(separator))
        return tuple(dict.fromkeys(_account(part) for part in parts if part))

    return read


def _account(part: str) -> str:
    """An e-mail in lower case or an id as given. Names identify nobody, and the error
    does not repeat them."""
    if "@" in part:
        return email(part).lower()
    if any(map(str.isspace, part)):
        raise Unreadable(
            "somebody is named who is neither an e-mail nor an id.",
            "export e-mails or ids, which hold no space, or correct people_separator.",
        )
    return part
