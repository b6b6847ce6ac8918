"""What the team's key may read, and how fresh it is: for `tokenworth doctor`."""

from collections.abc import Iterable
from datetime import timedelta

from ingestion.clock import today
from ingestion.page import Page
from ingestion.probe import Findings, Probe, newest_day
from ingestion.sources.cursor import activity, commits, events, team
from ingestion.sources.cursor.connection import Connection
from ingestion.window import Window


def probe(at: Connection) -> Probe:
    """What the key may read. The API has no name for the team, so none is told."""
    findings = Findings()
    day = today(at.clock) - timedelta(days=1)
    yesterday = Window(day, day)
    findings.attempt("members", lambda: _read(team.members(at.api)))
    newest = findings.attempt(
        "usage events",
        lambda: newest_day(
            at.clock,
            lambda day: any(p.row_count for p in events.usage_events(at.api, day)),
        ),
    )
    findings.attempt(
        "daily usage", lambda: _read(activity.daily_usage(at.api, yesterday))
    )
    findings.attempt("spend", lambda: _read(team.spend(at.api)))
    if at.plan == "enterprise":
        findings.attempt(
            "AI code commits",
            lambda: _read(commits.ai_code_commits(at.api, yesterday)),
        )
    return findings.probe(
        "cursor",
        newest_day=newest,
    )


def _read(pages: Iterable[Page]) -> None:
    """Reads all pages: that nothing is refused is all that is asked."""
    for _ in pages:
        pass
