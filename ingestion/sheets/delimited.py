"""A CSV file of any columns: its cells, and then the values of those that are read.

A file whose columns are all prescribed is read by `ingestion.sheets.sheet`.

file → `csv_sheet` → `Reading.column` with a reader a column → values → `Reading.refuse`
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ingestion.errors import BadInput
from ingestion.sheets.faults import Fault, refuse
from ingestion.sheets.sheet import (
    HEADER_LINE,
    doubled_faults,
    length_faults,
    separator_faults,
)
from ingestion.sheets.values import Reader, Unreadable

Cells = Sequence[str | None]
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMALS: Final = 12
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True)
class Sheet:
    """The cells of a file as text, None where empty, and the line each row is on.

    `name` is how messages call the file: never an absolute path. `header` names every
    column of a file of which only some are kept in `cells`.
    """

    source: str
    name: str
    lines: list[int]
    cells: Mapping[str, Cells]
    header: Sequence[str] = ()

    def take(self, rows: Sequence[int]) -> "Sheet":
        """The rows at these positions."""
        cells = {
            name: [column[row] for row in rows] for name, column in self.cells.items()
        }
        lines = [self.lines[row] for row in rows]
        return Sheet(self.source, self.name, lines, cells, self.header)


class Reading:
    """One sheet while it is read; faults of all columns are gathered."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._faults: list[Fault] = []

    def column(
        self, name: str, read: Reader, *, is_required: bool = False
    ) -> list[Any]:
        """The values of a column, None where its cell is empty; the column must be
        there."""
        if name not in self.sheet.cells:
            self.fault(
                HEADER_LINE, name, "the file has no such column.", self._nearest(name)
            )
            return [None] * len(self.sheet.lines)
        return [
            self._value(name, read, line, cell, is_required)
            for line, cell in zip(self.sheet.lines, self.sheet.cells[name], strict=True)
        ]

    def optional(self, name: str, read: Reader) -> list[Any]:
        """The same, all None where the file lacks the column."""
        if name not in self.sheet.cells:
            return [None] * len(self.sheet.lines)
        return self.column(name, read)

    def fault(self, line: int, column: str, problem: str, fix: str) -> None:
        """Notes a fault."""
        self._faults.append(Fault(line, column, problem, fix))

    def refuse(self) -> None:
        """Raises BadInput with the first fault in full and the next ones named."""
        refuse(f"{self.sheet.source}, {self.sheet.name}", self._faults)

    def _value(
        self, name: str, read: Reader, line: int, cell: str | None, is_required: bool
    ) -> Any:
        if cell is None:
            if is_required:
                self.fault(line, name, "the cell is empty.", "fill it in.")
            return None
        try:
            return read(cell)
        except Unreadable as error:
            self.fault(line, name, error.problem, error.fix)
            return None

    def _nearest(self, name: str) -> str:
        there = list(self.sheet.header or self.sheet.cells)
        near = get_close_matches(name, there, n=1, cutoff=0.5)
        if near:
            return f"did you mean {near[0]!r}? Correct the mapping or the header."
        return "add it to the header, or correct the mapping."


def csv_sheet(
    source: str, path: Path, name: str, wanted: Collection[str] | None = None
) -> Sheet:
    """The cells of a CSV file in UTF-8, of the `wanted` columns alone if they are
    named; raises BadInput if it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, cells) for cells in reader if any(cells)]
    except OSError as error:
        raise BadInput(
            f"{source}, {name}",
            f"the file cannot be read: {error.strerror}.",
            fix="check that it is a file and that this user may read it.",
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"{source}, {name}",
            f"this is no CSV text in UTF-8: {error}.",
            fix='save it as "CSV UTF-8", comma separated.',
        ) from None
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    told = f"{source}, {name}"
    if not header:
        problem, fix = "the file is empty.", "export it again, header included."
        refuse(told, [Fault(HEADER_LINE, "(the header)", problem, fix)])
    refuse(told, separator_faults(header) or doubled_faults(header))
    refuse(told, length_faults(rows[1:], len(header)))
    columns = {
        column: [cells[place].strip() or None for _, cells in rows[1:]]
        for place, column in enumerate(header)
        if wanted is None or column in wanted
    }
    return Sheet(source, name, [line for line, _ in rows[1:]], columns, header)


def email(cell: str) -> str:
    """An e-mail address, in the case it is written in."""
    name, at, domain = cell.partition("@")
    if not (name and at and domain) or "@" in domain or " " in cell:
        raise Unreadable(
            f"{cell[:60]!r} is no e-mail address.", "write the full address."
        )
    return cell


def utc_day(cell: str) -> date:
    """The UTC day of a date or instant; an instant without a zone is UTC already."""
    try:
        if len(cell) == len("2026-01-31"):
            return date.fromisoformat(cell)
        at = datetime.fromisoformat(cell)
    except ValueError:
        raise Unreadable(
            f"{cell[:60]!r} is no date.", "write it as YYYY-MM-DD, e.g. 2026-03-31."
        ) from None
    return at.date() if at.tzinfo is None else at.astimezone(UTC).date()


def amount(cell: str) -> Decimal:
    """A decimal number, exact, of at most 12 decimals."""
    if _NUMBER.fullmatch(cell):
        try:
            number = Decimal(cell)
        except InvalidOperation:
            number = Decimal("NaN")
        tuple_ = number.normalize().as_tuple()
        places = tuple_.exponent
        if isinstance(places, int) and places >= -_DECIMALS and abs(number) < 10**26:
            return number
    raise Unreadable(
        f"{cell[:60]!r} is no amount of at most {_DECIMALS} decimals.",
        "write digits and a decimal point, without signs of thousands or currency.",
    )


def count(cell: str) -> int:
    """A whole number from zero."""
    number = amount(cell)
    if number != number.to_integral_value() or not 0 <= number <= _LARGEST:
        raise Unreadable(
            f"{cell[:60]!r} is no whole number.", "write the count in digits."
        )
    return int(number)


def currency(cell: str) -> str:
    """An ISO 4217 code in capitals."""
    if len(cell) != 3 or not (cell.isascii() and cell.isalpha()):
        raise Unreadable(
            f"{cell[:60]!r} is no currency code.", "write three letters, e.g. USD."
        )
    return cell.upper()
