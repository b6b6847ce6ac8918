"""What a token may read of Copilot, and how fresh it is: for `tokenworth doctor`."""

from datetime import timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe, newest_day
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
    newest = findings.attempt(
        "usage metrics reports",
        lambda: newest_day(
            at.clock, lambda day: bool(report_links(at, day.first)), LOOKBACK_DAYS
        ),
    )
    findings.attempt("billing of AI credits", lambda: bill(at, yesterday))
    return findings.probe(
        "copilot",
        account=at.account.slug if findings.permissions else None,
        newest_day=newest,
    )
