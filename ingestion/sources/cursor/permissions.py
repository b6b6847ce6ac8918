"""What the team's key may read, and how fresh it is: for `tokenworth doctor`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from ingestion.clock import today
from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.cursor import activity, commits, events, team
from ingestion.sources.cursor.connection import Connection
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(at: Connection) -> Probe:
    """What the key may read. The API has no name for the team, so none is told."""
    findings = Findings()
    day = today(at.clock) - timedelta(days=1)
    yesterday = Window(day, day)
    findings.attempt("members", lambda: _read(team.members(at.api)))
    newest = findings.attempt("usage events", lambda: _newest_day(at))
    findings.attempt(
        "daily usage", lambda: _read(activity.daily_usage(at.api, yesterday))
    )
    findings.attempt("spend", lambda: _read(team.spend(at.api)))
    if at.plan == "enterprise":
        findings.attempt(
            "AI code commits",
            lambda: _read(commits.ai_code_commits(at.api, yesterday)),
        )
    return Probe(
        "cursor",
        permissions=tuple(findings.permissions),
        newest_day=newest,
        problems=tuple(findings.problems),
    )


def _newest_day(at: Connection) -> date | None:
    """The newest day of the last week that has usage."""
    for back in range(1, LOOKBACK_DAYS + 1):
        day = today(at.clock) - timedelta(days=back)
        pages = events.usage_events(at.api, Window(day, day))
        if any(page.columns["usage_date"] for page in pages):
            return day
    return None


def _read(pages: Iterable[Page]) -> None:
    """Reads all pages: that nothing is refused is all that is asked."""
    for _ in pages:
        pass
