"""What shared pages leave out, so that no single person can be read from them."""

import re
from collections.abc import Iterable, Sequence

from dashboards.release import SMALLEST_GROUP, Row

TOO_FEW = "not shown"
MASKED = "[left out: names a person; ask the data steward]"
EMAIL = re.compile(r"[^\s@,;:'\"<>()]+@[^\s@,;:'\"<>()]+\.[a-z]{2,}", re.IGNORECASE)


def hide_small_groups(rows: Sequence[Row], count: str, within: str) -> list[Row]:
    """The rows with counts of people that are too small replaced by `not shown`.

    Rows of one `within` value split the same people, whose number a reader may know.
    So whatever is hidden there adds up to a group that is large enough, or there is
    nothing left to subtract from.
    """
    hidden: set[int] = set()
    for group in {row[within] for row in rows}:
        members = [i for i, row in enumerate(rows) if row[within] == group]
        members.sort(key=lambda i: rows[i][count])
        hidden |= _hidden(members, [rows[i][count] for i in members])
    return [
        row | {count: TOO_FEW if i in hidden else f"{row[count]:,}"}
        for i, row in enumerate(rows)
    ]


def _hidden(members: list[int], counts: list[int]) -> set[int]:
    """The smallest members, as many as must be hidden together."""
    if not counts or counts[0] >= SMALLEST_GROUP:
        return set()
    for taken in range(1, len(counts) + 1):
        following = counts[taken] if taken < len(counts) else SMALLEST_GROUP
        is_enough = taken > 1 and sum(counts[:taken]) >= SMALLEST_GROUP
        if is_enough and following >= SMALLEST_GROUP:
            return set(members[:taken])
    return set(members)


class Mask:
    """Blanks every text that holds a person's name, key or e-mail address."""

    def __init__(self, terms: Iterable[str]) -> None:
        found = sorted({term for term in terms if len(term) > 2}, key=len, reverse=True)
        self._person = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")
            if found
            else None
        )

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with such texts blanked."""
        return [
            {name: self._value(value) for name, value in row.items()} for row in rows
        ]

    def _value(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        names_person = self._person is not None and self._person.search(value)
        return MASKED if names_person or EMAIL.search(value) else value
