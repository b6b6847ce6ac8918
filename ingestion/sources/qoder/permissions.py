"""What an API key may read, and how fresh it is: for `tokenworth doctor`."""

from ingestion.probe import Findings, Probe, newest_day
from ingestion.sources.qoder.connection import Connection
from ingestion.sources.qoder.reading import members, usage_events
from ingestion.sources.qoder.tables import SOURCE


def probe(at: Connection) -> Probe:
    """What the key may read of the organisation."""
    findings = Findings()
    findings.attempt("members", lambda: next(members(at)))
    newest = findings.attempt(
        "usage events",
        lambda: newest_day(
            at.clock, lambda day: next(usage_events(at, day)).row_count > 0
        ),
    )
    return findings.probe(
        SOURCE,
        account=at.organization_id,
        newest_day=newest,
    )
