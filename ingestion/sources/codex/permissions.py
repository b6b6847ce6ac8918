"""Whether a key may read a workspace's Codex usage: for `tokenworth doctor`."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe
from ingestion.sources.codex.connection import Connection
from ingestion.sources.codex.usage import usage
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read, and the newest of the last days with usage."""
    findings = Findings()
    last = today(at.clock) - timedelta(days=1)
    week = Window(last - timedelta(days=LOOKBACK_DAYS - 1), last)
    used = findings.attempt("codex usage", lambda: _days_used(at, week))
    return findings.probe(
        "codex",
        account=at.workspace_id,
        newest_day=max(used or [], default=None),
    )


def _days_used(at: Connection, week: Window) -> list[date]:
    return [day for page in usage(at, week) for day in page.columns["usage_date"]]
