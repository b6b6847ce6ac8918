"""What a token may read, and how fresh it is: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.lingma.connection import Connection
from ingestion.sources.lingma.reading import developer_usage
from ingestion.sources.lingma.tables import SOURCE
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the token may read of the organisation."""
    findings = Findings()
    newest = findings.attempt("developer usage", lambda: _newest_day(at))
    return Probe(
        SOURCE,
        account=at.organization_id,
        permissions=tuple(findings.permissions),
        newest_day=newest,
        problems=tuple(findings.problems),
    )


def _newest_day(at: Connection) -> date | None:
    """The newest whole day of the last week with usage."""
    for back in range(1, LOOKBACK_DAYS + 1):
        day = today(at.clock) - timedelta(days=back)
        if next(developer_usage(at, Window(day, day))).columns["usage_date"]:
            return day
    return None
