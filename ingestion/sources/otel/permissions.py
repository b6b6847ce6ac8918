"""What of the telemetry may be read, and how fresh it is: for `tokenworth doctor`."""

from datetime import timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe, Problem
from ingestion.sources.otel.connection import Connection
from ingestion.sources.otel.reports import activity, token_usage
from ingestion.window import Window

SILENT_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """The tables that can be read, and the newest day of receipt."""
    findings = Findings()
    last = today(at.clock)
    yesterday = Window(last - timedelta(days=1), last - timedelta(days=1))
    newest = findings.attempt("folder of telemetry", at.folder.newest_day)
    if not findings.problems:
        findings.attempt("token usage", lambda: list(token_usage(at, yesterday)))
        findings.attempt("activity", lambda: list(activity(at, yesterday)))
        if newest is None or (last - newest).days > SILENT_DAYS:
            findings.problems.append(
                Problem(
                    f"otel: nothing was received for {SILENT_DAYS} days.",
                    "check that `tokenworth receive` runs and that the clients' "
                    "managed settings name its address and token.",
                )
            )
    return findings.probe(
        "otel",
        account=at.folder.path.name,
        newest_day=newest,
    )
