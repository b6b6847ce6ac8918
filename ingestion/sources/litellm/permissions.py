"""What a key of the proxy may read, and how fresh it is: for `tokenworth doctor`."""

from ingestion.clock import today
from ingestion.probe import Findings, Probe, newest_day
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.daily import daily_activity
from ingestion.sources.litellm.directories import keys, users
from ingestion.sources.litellm.logs import spend_logs
from ingestion.sources.litellm.tables import SOURCE
from ingestion.window import ONE_DAY, Window


def probe(at: Connection) -> Probe:
    """What the key may read of the proxy."""
    findings = Findings()
    findings.attempt("users", lambda: next(users(at)))
    findings.attempt("keys", lambda: next(keys(at)))
    newest = findings.attempt(
        "spend logs",
        lambda: newest_day(
            at.clock, lambda day: next(spend_logs(at, day)).row_count > 0
        ),
    )
    yesterday = today(at.clock) - ONE_DAY
    window = Window(yesterday, yesterday)
    findings.attempt("daily activity", lambda: next(daily_activity(at, window)))
    return findings.probe(
        SOURCE,
        newest_day=newest,
    )
