"""What an API key may read, and how fresh it is: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.qoder.connection import Connection
from ingestion.sources.qoder.reading import members, usage_events
from ingestion.sources.qoder.tables import SOURCE
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read of the organisation."""
    findings = Findings()
    findings.attempt("members", lambda: next(members(at)))
    newest = findings.attempt("usage events", lambda: _newest_day(at))
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
        if next(usage_events(at, Window(day, day))).columns["usage_date"]:
            return day
    return None
