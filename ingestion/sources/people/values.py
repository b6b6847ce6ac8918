"""What cells about people may hold, beside dates and words."""

import math
import re

from ingestion.sheets.values import Unreadable


def source(cell: str) -> str:
    """The name of a source as the configuration has it."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", cell):
        raise Unreadable(
            f"{cell!r} is no name of a source.",
            "write the name that tokenworth.yaml has below `sources`, e.g. anthropic.",
        )
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
