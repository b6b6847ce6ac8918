"""What an analytics key may read, and how fresh it is: for `tokenworth doctor`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ingestion.clock import Clock, today
from ingestion.http import Api
from ingestion.probe import Findings, Probe
from ingestion.sources.anthropic_enterprise.activity import user_activity
from ingestion.sources.anthropic_enterprise.reports import first_report, user_cost
from ingestion.sources.anthropic_enterprise.tables import SOURCE
from ingestion.window import ONE_DAY, Window

LOOKBACK_DAYS: Final = 7


@dataclass(frozen=True)
class Freshness:
    """The organisation, its newest day with usage, and the last refresh."""

    organisation: str | None
    newest_day: date | None
    refreshed_at: datetime | None


def probe(api: Api, clock: Clock) -> Probe:
    """What the key may read; a problem names the plan and scope that it needs."""
    findings = Findings()
    day = today(clock) - 2 * ONE_DAY
    days = Window(day, day)
    fresh = findings.attempt("usage of users", lambda: _freshness(api, clock))
    findings.attempt("cost of users", lambda: next(user_cost(api, days, clock)))
    findings.attempt("activity of users", lambda: next(user_activity(api, days)))
    return findings.probe(
        SOURCE,
        account=fresh and fresh.organisation,
        newest_day=fresh and fresh.newest_day,
        refreshed_at=fresh and fresh.refreshed_at,
    )


def _freshness(api: Api, clock: Clock) -> Freshness:
    """The newest day of the last week that has usage."""
    organisation = refreshed_at = None
    for back in range(1, LOOKBACK_DAYS + 1):
        day = today(clock) - timedelta(days=back)
        report = first_report(api, day)
        organisation = organisation or report.organization_id
        refreshed_at = refreshed_at or report.data_refreshed_at
        if report.data:
            return Freshness(organisation, day, _instant(refreshed_at))
    return Freshness(organisation, None, _instant(refreshed_at))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
