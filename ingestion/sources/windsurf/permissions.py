"""What a service key may read, and how fresh it is: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.windsurf.connection import Connection
from ingestion.sources.windsurf.reading import cascade, runs_and_lines, users, utc_day
from ingestion.sources.windsurf.tables import SOURCE
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read; freshness is that of the whole team."""
    findings = Findings()
    findings.attempt("users", lambda: next(users(at)))
    newest = findings.attempt("cascade analytics", lambda: _newest_day(at))
    return findings.probe(
        SOURCE,
        newest_day=newest,
    )


def _newest_day(at: Connection) -> date | None:
    """The newest whole day of the last week with any use."""
    now = today(at.clock)
    week = Window(now - timedelta(days=LOOKBACK_DAYS), now - timedelta(days=1))
    runs, lines = runs_and_lines(cascade(at, week)[0])
    days = [utc_day(row) for row in (*runs, *lines)]
    return max((day for day in days if day <= week.last), default=None)
