"""What a token may read, and how fresh it is: for `tokenworth doctor`."""

from ingestion.probe import Findings, Probe, newest_day
from ingestion.sources.lingma.connection import Connection
from ingestion.sources.lingma.reading import developer_usage
from ingestion.sources.lingma.tables import SOURCE


def probe(at: Connection) -> Probe:
    """What the token may read of the organisation."""
    findings = Findings()
    newest = findings.attempt(
        "developer usage",
        lambda: newest_day(
            at.clock,
            lambda day: next(developer_usage(at, day)).row_count > 0,
        ),
    )
    return findings.probe(
        SOURCE,
        account=at.organization_id,
        newest_day=newest,
    )
