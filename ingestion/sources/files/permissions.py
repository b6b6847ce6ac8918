"""Whether the configured files can be read, and how far they reach: for the doctor."""

from datetime import date

from ingestion.clock import today
from ingestion.errors import BadInput
from ingestion.probe import Findings, Probe
from ingestion.sources.files import focus, rows
from ingestion.sources.files.connection import Connection, FileSet
from ingestion.sources.files.sheets import sheet
from ingestion.sources.files.tables import SOURCE
from ingestion.window import Window


def probe(at: Connection) -> Probe:
    """What each set holds up to today; a set without a file is a problem here."""
    findings = Findings()
    newest = [
        findings.attempt(f"set {held.name}", lambda held=held: _newest(at, held))
        for held in at.sets
    ]
    return findings.probe(
        SOURCE,
        account=", ".join(held.name for held in at.sets),
        newest_day=max((day for day in newest if day), default=None),
    )


def _newest(at: Connection, held: FileSet) -> date | None:
    """The newest day of a set, every row of it read; raises BadInput without files."""
    paths = at.paths(held)
    if not paths:
        raise BadInput(
            f"{SOURCE}, set {held.name}",
            "no file fits its path.",
            field=f"sources.{SOURCE}.sets.files",
            fix="put the exported file there, or correct the path.",
        )
    all_days = Window(date(1970, 1, 1), today(at.clock))
    read = focus.cost_columns if held.format == "focus" else rows.usage_columns
    days: list[date] = []
    for name, path in paths:
        days += read(held, sheet(held, name, path), all_days)["usage_date"]
    return max(days, default=None)
