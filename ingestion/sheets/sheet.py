"""A CSV file read as a whole: every cell typed, or one error that names all faults.

file → header against the form → rows → typed columns beside their line numbers
"""

import csv
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ingestion.errors import BadInput
from ingestion.sheets.faults import Fault, refuse
from ingestion.sheets.values import Reader, Unreadable

HEADER_LINE: Final = 1
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Field:
    """A column of a file; an empty cell is null, or a fault where it is required."""

    name: str
    read: Reader
    is_required: bool = True


@dataclass(frozen=True)
class Sheet:
    """The typed columns of a file, and the line each row starts on."""

    path: Path
    lines: list[int]
    columns: dict[str, list[Any]]

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """(line, value, …) of every row."""
        return zip(self.lines, *(self.columns[name] for name in names), strict=True)


def header(path: Path, form: Sequence[Field]) -> list[str]:
    """The names in the first line that is not blank; no further line is looked at."""
    with closing(_rows(path, form)) as rows:
        return next((names for _, names in rows), list[str]())


def sheet(path: Path, form: Sequence[Field], *, may_be_empty: bool = False) -> Sheet:
    """The file as the form describes it; raises BadInput with file, line, column and
    fix for every fault found."""
    names, rows = _split(path, list(_rows(path, form)))
    refuse(path, _header_faults(names, form))
    refuse(path, length_faults(rows, len(names)))
    if not rows and not may_be_empty:
        raise BadInput(
            path.name,
            "the file has a header and no rows.",
            fix="export it again; an empty file would remove everything it held.",
        )
    columns: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    for field in form:
        position = names.index(field.name)
        cells = [(line, cells[position].strip()) for line, cells in rows]
        columns[field.name] = [_value(field, *cell, faults) for cell in cells]
    refuse(path, faults)
    return Sheet(path, [line for line, _ in rows], columns)


def _rows(path: Path, form: Sequence[Field]) -> Generator[Row]:
    """Every row that is not blank, with the line it starts on; no cell is judged."""
    names = ",".join(field.name for field in form)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            line = 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
    except FileNotFoundError:
        raise BadInput(
            str(path),
            "there is no such file.",
            fix=f"correct its place in the configuration, or make it: {names}.",
        ) from None
    except OSError as error:
        raise BadInput(
            str(path),
            f"the file cannot be read: {error.strerror}.",
            fix="check that it is a file and that this user may read it.",
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            path.name,
            f"this is no CSV text in UTF-8: {error}.",
            fix='save it as "CSV UTF-8", comma separated.',
        ) from None


def _split(path: Path, rows: list[Row]) -> tuple[list[str], list[Row]]:
    """The cells of the header, and the rows below it."""
    if not rows:
        raise BadInput(
            path.name,
            "the file is empty.",
            fix="export it again; its first line names the columns.",
        )
    return [name.strip() for name in rows[0][1]], rows[1:]


def separator_faults(names: Sequence[str]) -> list[Fault]:
    """The fault of a header whose columns are not separated by commas."""
    if len(names) != 1 or not (found := {";", "\t"} & set(names[0])):
        return []
    problem = f"the columns are separated by {found.pop()!r}."
    fix = "save the file with commas between the columns."
    return [Fault(HEADER_LINE, "(the header)", problem, fix)]


def doubled_faults(names: Sequence[str]) -> list[Fault]:
    """Columns that the header names twice."""
    repeated = {name for name in names if names.count(name) > 1}
    fix = "keep one."
    return [
        Fault(HEADER_LINE, name, "the column is there twice.", fix) for name in repeated
    ]


def _header_faults(names: Sequence[str], form: Sequence[Field]) -> Iterator[Fault]:
    if found := separator_faults(names):
        yield from found
        return
    known = [field.name for field in form]
    unknown = [name for name in names if name not in known]
    for name in known:
        if name in names:
            continue
        near = get_close_matches(name, unknown, n=1, cutoff=0.5)
        fix = f"rename {near[0]!r} to it." if near else "add it to the header."
        yield Fault(HEADER_LINE, name, "the column is missing.", fix)
    for name in unknown:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        fix = f"did you mean {near[0]!r}? Else remove it." if near else "remove it."
        yield Fault(HEADER_LINE, name or "(no name)", "there is no such column.", fix)
    yield from doubled_faults(names)


def length_faults(rows: Sequence[Row], expected: int) -> Iterator[Fault]:
    """Rows whose cells belong to no certain column."""
    for line, cells in rows:
        if len(cells) != expected:
            yield Fault(
                line,
                "(the row)",
                f"it has {len(cells)} cells where the header has {expected}.",
                'put cells that hold a comma into quotes, e.g. "Berlin, DE".',
            )


def _value(field: Field, line: int, cell: str, faults: list[Fault]) -> Any:
    """The typed value; None with a fault noted if there is none."""
    if not cell:
        if field.is_required:
            fault = Fault(line, field.name, "the cell is empty.", "fill it in.")
            faults.append(fault)
        return None
    try:
        return field.read(cell)
    except Unreadable as error:
        faults.append(Fault(line, field.name, error.problem, error.fix))
        return None
