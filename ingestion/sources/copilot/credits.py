"""AI credits and dollars per day and user, from a billing that lists no users.

day → its total → one question per user until the total is explained → rows, and what
is left as a row of nobody
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from ingestion.clock import today
from ingestion.errors import MissingPermission
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.copilot.billing import (
    BILL,
    UNREAD,
    Amounts,
    Line,
    Lines,
    bill,
    excess,
    unexplained,
    without,
)
from ingestion.sources.copilot.connection import Connection
from ingestion.sources.copilot.reports import FIRST_DAY, UserDay, report
from ingestion.sources.copilot.seats import listed_seats
from ingestion.window import Window

FIRST_CREDITS: Final = date(2026, 6, 1)  # before, GitHub counted premium requests
# GitHub answers for 24 months; a day less, as of its reports.
KEPT: Final = timedelta(days=729)
_LOOKBACK_DAYS: Final = 9


class User(NamedTuple):
    """A login, and GitHub's id of it."""

    login: str
    id: int


NOBODY: Final = User("", 0)
Row = tuple[User, Line, Amounts]


def credit_usage(at: Connection, window: Window) -> Iterator[Page]:
    """A page per day: its body is the answer for the day, then one a line per user.

    A day costs a request for its total, two for its report, and one for each user who
    used something; a day without usage costs one.
    """
    users = Users(at)
    for day in window.days():
        if day < FIRST_CREDITS:
            yield Page(
                _columns(day, []),
                note=f"days without rows: AI credits exist since {FIRST_CREDITS}",
            )
        elif day < today(at.clock) - KEPT:
            yield Page(
                _columns(day, []),
                note="days without rows: GitHub bills only the last 24 months",
                unreported=Window(day, day),
            )
        else:
            yield _day(at, day, users)


class Users:
    """Whom to ask about: users of the reports, and holders of seats."""

    def __init__(self, at: Connection) -> None:
        self._at = at
        self._reported: dict[date, list[UserDay] | None] = {}
        self._holders: dict[int, User] | None = None

    def of(self, day: date) -> Iterator[User]:
        """Everybody to ask about a day, the likeliest first, nobody twice."""
        told: set[str] = set()
        for user in self._candidates(day):
            # Who was renamed since is known to the billing by the present login.
            present = self._seat_holders().get(user.id, user)
            if present.login.lower() not in told:
                told.add(present.login.lower())
                yield present

    def _candidates(self, day: date) -> Iterator[User]:
        rows = self._report(day) or []
        likely = [row for row in rows if row.ai_credits_used != 0]
        yield from _users(likely)
        yield from _users(rows)
        yield from self._seat_holders().values()
        # Without a report yet, bots and others without a seat are in an older one.
        if self._report(day) is None:
            for back in range(1, _LOOKBACK_DAYS + 1):
                if (older := self._report(day - timedelta(days=back))) is not None:
                    yield from _users(older)
                    return

    def _report(self, day: date) -> list[UserDay] | None:
        if day not in self._reported:
            self._reported[day] = self._read(day)
        return self._reported[day]

    def _read(self, day: date) -> list[UserDay] | None:
        """The rows of a day's report; None without one, or where reports are turned
        off: seats are asked for then, and `user_days` says what is missing."""
        if day < FIRST_DAY:
            return None
        try:
            files = report(self._at, day)
        except MissingPermission:
            return None
        return None if files is None else [row for rows, _ in files for row in rows]

    def _seat_holders(self) -> dict[int, User]:
        if self._holders is None:
            self._holders = {
                seat.assignee.id: User(seat.assignee.login, seat.assignee.id)
                for listed, _ in listed_seats(self._at)
                for seat in listed
                if seat.assignee is not None
            }
        return self._holders


def _users(rows: Iterable[UserDay]) -> list[User]:
    return sorted({User(row.user_login, row.user_id) for row in rows})


def _day(at: Connection, day: date, users: Users) -> Page:
    total, body = bill(at, day)
    bodies, rows, left = [body], list[Row](), total
    for user in users.of(day) if unexplained(total) else ():
        lines, body = bill(at, day, user.login)
        if lines:
            bodies.append(body)
            rows += _rows(user, lines)
            left = without(left, lines)
            if not unexplained(left):
                break
    rows += _rows(NOBODY, unexplained(left))
    return Page(
        _columns(day, rows),
        body=redact(b"\n".join(bodies)),
        unknown_fields=BILL.unknown_fields(bodies[0]) - UNREAD,
        note=_note(day, rows, left),
    )


def _note(day: date, rows: list[Row], left: Lines) -> str:
    if not rows:
        return "days without rows: GitHub bills no AI credits on them"
    if over := excess(left):
        return f"users of {day} add up to {over.normalize():f} more than its total"
    return ""


def _rows(user: User, lines: Lines) -> list[Row]:
    return [(user, line, amounts) for line, amounts in lines.items()]


def _columns(day: date, rows: list[Row]) -> dict[str, list[Any]]:
    users = [None if user is NOBODY else user for user, _, _ in rows]
    lines, amounts = [line for _, line, _ in rows], [each for _, _, each in rows]
    return {
        "usage_date": [day] * len(rows),
        "user_login": [user and user.login for user in users],
        "user_id": [user and user.id for user in users],
        **{name: [getattr(line, name) for line in lines] for name in Line._fields},
        **{name: [getattr(each, name) for each in amounts] for name in Amounts._fields},
    }
