"""Faults of a file, gathered over the whole of it, so that one look mends them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingestion.errors import BadInput

MOST_SHOWN: Final = 10


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where in the file, what, and how to mend it."""

    line: int
    column: str
    problem: str
    fix: str


def refuse(file: Path | str, faults: Iterable[Fault]) -> None:
    """Raises BadInput with the first fault in full and the next ones named, if any;
    of a path its name is told."""
    name = file.name if isinstance(file, Path) else file
    found = sorted(set(faults))
    if not found:
        return
    first, others = found[0], found[1:MOST_SHOWN]
    more = "".join(f" Also line {f.line}, {f.column}: {f.problem}" for f in others)
    if len(found) > MOST_SHOWN:
        more += f" And {len(found) - MOST_SHOWN} more."
    raise BadInput(
        f"{name} line {first.line}",
        first.problem + more,
        field=first.column,
        fix=first.fix,
    )
