"""What a token may read of Copilot, and how fresh it is: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.copilot.billing import bill
from ingestion.sources.copilot.connection import Connection
from ingestion.sources.copilot.reports import report_links
from ingestion.sources.copilot.seats import listed_seats

LOOKBACK_DAYS: Final = 10


def probe(at: Connection) -> Probe:
    """What the token may read, one permission a feed, and the newest report."""
    findings = Findings()
    yesterday = today(at.clock) - timedelta(days=1)
    findings.attempt("seats", lambda: next(listed_seats(at)))
    newest = findings.attempt("usage metrics reports", lambda: _newest_day(at))
    findings.attempt("billing of AI credits", lambda: bill(at, yesterday))
    return Probe(
        "copilot",
        account=at.account.slug if findings.permissions else None,
        permissions=tuple(findings.permissions),
        newest_day=newest,
        problems=tuple(findings.problems),
    )


def _newest_day(at: Connection) -> date | None:
    """The newest day with a report; None if the last days have none."""
    for back in range(1, LOOKBACK_DAYS + 1):
        day = today(at.clock) - timedelta(days=back)
        if report_links(at, day):
            return day
    return None
