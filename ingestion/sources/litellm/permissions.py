"""What a key of the proxy may read, and how fresh it is: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.directories import keys, users
from ingestion.sources.litellm.logs import spend_logs
from ingestion.sources.litellm.tables import SOURCE
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read of the proxy."""
    findings = Findings()
    findings.attempt("users", lambda: next(users(at)))
    findings.attempt("keys", lambda: next(keys(at)))
    newest = findings.attempt("spend logs", lambda: _newest_day(at))
    return Probe(
        SOURCE,
        permissions=tuple(findings.permissions),
        newest_day=newest,
        problems=tuple(findings.problems),
    )


def _newest_day(at: Connection) -> date | None:
    """The newest whole day of the last week with a call."""
    for back in range(1, LOOKBACK_DAYS + 1):
        day = today(at.clock) - timedelta(days=back)
        if next(spend_logs(at, Window(day, day))).row_count:
            return day
    return None
