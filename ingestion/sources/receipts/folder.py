"""The folder of receipts, read whole, and the rows of the days that are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingestion.clock import Clock, today
from ingestion.columns import Columns
from ingestion.connector import SourceSettings, Surroundings
from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.receipts.rows import columns, refuse_repeats
from ingestion.sources.receipts.tables import SOURCE
from ingestion.window import Window


class Receipts(SourceSettings):
    """Receipts of refunded tools."""

    folder: Path = Path("receipts")


@dataclass(frozen=True)
class Folder:
    """The folder with the files, and the present."""

    path: Path
    clock: Clock


def connect(named: Receipts, around: Surroundings) -> Folder:
    """The folder that the configuration names."""
    return Folder(around.folder / named.folder, around.clock)


def receipts(at: Folder, window: Window) -> Iterator[Page]:
    """Pages of `receipts/receipts`, one a file; raises BadInput with file, line, column
    and fix for a line that cannot be used, or that is there twice."""
    files = _files(at)
    for name, whole in files.items():
        kept = [
            row
            for row, day in enumerate(whole["charge_date"])
            if window.first <= day <= window.last
        ]
        rows = {key: [values[row] for row in kept] for key, values in whole.items()}
        note = "" if kept else f"{name} holds no receipt of these days"
        yield Page(rows, note=note)


def probe(at: Folder) -> Probe:
    """Whether all receipts can be used."""
    findings = Findings()
    files = findings.attempt("receipts", lambda: _files(at)) or {}
    days = [
        day
        for whole in files.values()
        for day in whole["charge_date"]
        if day <= today(at.clock)
    ]
    return Probe(
        SOURCE,
        account=at.path.name,
        permissions=tuple(findings.permissions),
        newest_day=max(days, default=date.min) if days else None,
        problems=tuple(findings.problems),
    )


def _files(at: Folder) -> dict[str, Columns]:
    """The columns of every file by name; raises BadInput without any."""
    paths = sorted(at.path.glob("*.csv"))
    if not paths:
        raise BadInput(
            SOURCE,
            "the folder cannot be found or holds no CSV file.",
            field=f"sources.{SOURCE}.folder",
            fix="correct the folder; without any receipt, keep a file with a header.",
        )
    files = {path.name: columns(path) for path in paths}
    refuse_repeats(files)
    return files
