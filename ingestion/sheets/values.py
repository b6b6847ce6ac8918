"""What a cell may hold: each reader gives the value, or says what is wrong with it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

Reader = Callable[[str], Any]
# What `decimal(38,12)` holds before the point.
_MOST_DIGITS = 26


class Unreadable(ValueError):
    """A cell that does not hold what its column needs, and how to mend it."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.problem, self.fix = problem, fix


def text(cell: str) -> str:
    """Any text."""
    return cell


def day(cell: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        if len(cell) == 10:
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise Unreadable(
        f"{cell!r} is no date.", "write it as YYYY-MM-DD, e.g. 2026-03-31."
    )


def instant(cell: str) -> datetime:
    """An instant with its offset from UTC, as the lake keeps it: UTC without a zone."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Unreadable(
            f"{cell!r} is no instant with a time zone.",
            "write it in UTC, e.g. 2026-04-03T09:30:00Z.",
        )
    return found.astimezone(UTC).replace(tzinfo=None)


def whole(cell: str) -> int:
    """A whole number from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,17}", cell):
        raise Unreadable(f"{cell!r} is no whole number from 1.", "write e.g. 1 or 12.")
    return int(cell)


def number(decimals: int) -> Reader:
    """A reader of exact numbers, also below zero, of at most so many decimals."""

    def read(cell: str) -> Decimal:
        try:
            found = Decimal(cell) if re.fullmatch(r"[-+0-9.]+", cell) else None
        except InvalidOperation:
            found = None
        if found is None:
            raise Unreadable(
                f"{cell!r} is no number.",
                "write digits with a point before the decimals and nothing else, "
                "e.g. 1250.75.",
            )
        if -int(found.as_tuple().exponent) > decimals:
            raise Unreadable(
                f"{cell!r} has more than {decimals} decimals.",
                f"round it to {decimals} decimals where the figure comes from.",
            )
        if abs(found) >= 10**_MOST_DIGITS:
            raise Unreadable(
                f"{cell!r} is too large.", f"use at most {_MOST_DIGITS} digits."
            )
        return found

    return read


def positive(decimals: int) -> Reader:
    """A reader of exact numbers above zero, of at most so many decimals."""
    exact = number(decimals)

    def read(cell: str) -> Decimal:
        found: Decimal = exact(cell)
        if found <= 0:
            raise Unreadable(f"{cell!r} is not above 0.", "write an amount above 0.")
        return found

    return read


def currency(cell: str) -> str:
    """A currency code of three capitals."""
    if not re.fullmatch(r"[A-Z]{3}", cell):
        raise Unreadable(
            f"{cell!r} is no currency code.", "use three capitals, e.g. USD or EUR."
        )
    return cell


def time_zone(cell: str) -> str:
    """A time zone of the IANA database."""
    if cell not in available_timezones():
        near = get_close_matches(cell, available_timezones(), n=1)
        raise Unreadable(
            f"{cell!r} is no time zone of the IANA database.",
            f"did you mean {near[0]!r}?" if near else "use e.g. UTC or Europe/Berlin.",
        )
    return cell


def one_of(*options: str) -> Reader:
    """A reader of one of these words."""

    def read(cell: str) -> str:
        if cell in options:
            return cell
        near = get_close_matches(cell, options, n=1)
        known = f"did you mean {near[0]!r}?" if near else f"use {', '.join(options)}."
        raise Unreadable(f"{cell!r} is not known here.", known)

    return read
