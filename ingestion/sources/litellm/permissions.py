"""What a key of the proxy may read, and how fresh it is: for `tokenworth doctor`."""

from ingestion.probe import Findings, Probe, newest_day
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.directories import keys, users
from ingestion.sources.litellm.logs import spend_logs
from ingestion.sources.litellm.tables import SOURCE


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
    return findings.probe(
        SOURCE,
        newest_day=newest,
    )
