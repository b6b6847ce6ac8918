"""What a cell may hold: each reader gives the value, or says what is wrong with it."""

import math
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any

Reader = Callable[[str], Any]


class Unreadable(ValueError):
    """A cell that does not hold what its column needs, and how to mend it."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.problem, self.fix = problem, fix


def text(cell: str) -> str:
    """Any text."""
    return cell


def email(cell: str) -> str:
    """An e-mail address in lower case."""
    name, at, domain = cell.partition("@")
    if not (name and at and domain) or "@" in domain or " " in cell:
        raise Unreadable(
            f"{cell!r} is no e-mail address.",
            "write the full address, e.g. name@company.example, or leave it empty.",
        )
    return cell.lower()


def account(cell: str) -> str:
    """A vendor's id as given, or an e-mail in lower case."""
    return email(cell) if "@" in cell else cell


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


def share(cell: str) -> float:
    """A share above 0, up to 1."""
    number = _number(cell)
    if not 0 < number <= 1:
        raise Unreadable(
            f"{cell!r} is not above 0 and at most 1.",
            "write a share of full time, e.g. 1 or 0.8.",
        )
    return number


def worked_share(cell: str) -> float:
    """A share of a day that is worked: from 0 to below 1."""
    number = _number(cell)
    if not 0 <= number < 1:
        raise Unreadable(
            f"{cell!r} is not from 0 to below 1.",
            "write 0 for a free day and 0.5 for half a day; leave other days out.",
        )
    return number


def weekdays(cell: str) -> str:
    """ISO weekdays, comma between, in order."""
    days = {part.strip() for part in cell.split(",")}
    if not days <= set("1234567"):
        raise Unreadable(
            f"{cell!r} are no ISO weekdays.",
            'write the numbers 1 (Monday) to 7 (Sunday), e.g. "6,7".',
        )
    return ",".join(sorted(days))


def one_of(*options: str) -> Reader:
    """A reader of one of these words."""

    def read(cell: str) -> str:
        if cell in options:
            return cell
        near = get_close_matches(cell, options, n=1)
        known = f"did you mean {near[0]!r}?" if near else f"use {', '.join(options)}."
        raise Unreadable(f"{cell!r} is not known here.", known)

    return read


def _number(cell: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unreadable(
            f"{cell!r} is no number.", "write it with a point, e.g. 0.8."
        ) from None
    return number
