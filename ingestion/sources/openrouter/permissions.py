"""What a key may read, and how fresh it is: for `tokenworth doctor`."""

from datetime import date
from typing import Final

from ingestion.probe import Findings, Probe
from ingestion.sources.openrouter.activity import whole_day
from ingestion.sources.openrouter.connection import Connection
from ingestion.sources.openrouter.keys import keys
from ingestion.sources.openrouter.tables import SOURCE

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read of the account; the vendor gives it no name."""
    findings = Findings()
    findings.attempt("keys", lambda: next(keys(at)))
    newest = findings.attempt("activity", lambda: _newest_day(at))
    return findings.probe(
        SOURCE,
        newest_day=newest,
    )


def _newest_day(at: Connection) -> date | None:
    """The newest whole day of the last week with usage."""
    days = reversed(at.reported.days()[-LOOKBACK_DAYS:])
    return next((day for day in days if whole_day(at, day)), None)
