"""Rules that look at several rows of a file; each gives the faults it finds."""

from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from ingestion.sheets.faults import Fault
from ingestion.sheets.sheet import Sheet


def order_faults(sheet: Sheet, first: str, last: str) -> Iterator[Fault]:
    """Spans that end before they start."""
    for line, start, end in sheet.rows(first, last):
        if end is not None and end < start:
            yield Fault(
                line,
                last,
                f"{end} lies before {first} {start}.",
                "correct one of the two dates.",
            )


def overlap_faults(
    sheet: Sheet,
    key: tuple[str, ...],
    column: str,
    problem: str,
    *,
    differing: str | None = None,
) -> Iterator[Fault]:
    """Rows of one key that hold on the same day; with `differing` only those that
    differ in that column. Both first and last day hold; no last day means open."""
    rows = sheet.rows("valid_from", "valid_to", differing or column, *key)
    longest: dict[tuple[Any, ...], tuple[date, int, Any]] = {}
    for line, start, end, owner, *of in sorted(rows, key=lambda row: (row[1], row[0])):
        if None in of:
            continue
        last, earlier, holder = longest.get(tuple(of), (date.min, 0, owner))
        if start <= last and (differing is None or owner != holder):
            yield Fault(
                line,
                column,
                f"{', '.join(of)}: {problem} line {earlier}, on {start}.",
                "end one the day before the other starts; valid_to is the last day "
                "that holds.",
            )
        if (end or date.max) > last:
            longest[tuple(of)] = (end or date.max, line, owner)


def repeat_faults(sheet: Sheet, *key: str) -> Iterator[Fault]:
    """Rows whose key was there before."""
    seen: dict[tuple[Any, ...], int] = {}
    for line, *of in sheet.rows(*key):
        if (earlier := seen.setdefault(tuple(of), line)) != line:
            said = ", ".join(str(part) for part in of)
            yield Fault(line, key[0], f"{said}: as in line {earlier}.", "keep one.")


def reference_faults(
    sheet: Sheet, column: str, known: Collection[str], where: str
) -> Iterator[Fault]:
    """Values of a column that `where` does not hold."""
    for line, value in sheet.rows(column):
        if value is None or value in known:
            continue
        near = get_close_matches(str(value), known, n=1, cutoff=0.8)
        yield Fault(
            line,
            column,
            f"{value!r} is not in {where}.",
            f"did you mean {near[0]!r}?" if near else f"add it to {where}.",
        )


def needed_faults(
    sheet: Sheet, column: str, when: str, *values: str
) -> Iterator[Fault]:
    """Empty cells in `column` of rows where `when` has one of the values."""
    for line, value, condition in sheet.rows(column, when):
        if value is None and condition in values:
            problem = f"the cell is empty and {when} is {condition}."
            yield Fault(line, column, problem, "fill it in.")
