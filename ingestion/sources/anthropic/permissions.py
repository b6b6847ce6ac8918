"""What an Admin API key may read, and how fresh it is: for `tokenworth doctor`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from ingestion.clock import Clock, today
from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.anthropic import analytics, directories, legacy
from ingestion.sources.anthropic.claude_code_report import claude_code
from ingestion.sources.anthropic.reach import analytics_from
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


class Organisation(Struct):
    """The organisation of the key."""

    id: str
    name: str | None = None


@dataclass(frozen=True)
class Freshness:
    """The newest day with usage, and when the vendor last refreshed."""

    newest_day: date | None
    refreshed_at: datetime | None


ORGANISATION: Final = Shape(Organisation, "anthropic/organisation")


def probe(api: Api, clock: Clock, starts_on: date | None = None) -> Probe:
    """What the key may read; the older reports only if `starts_on` needs them."""
    findings = Findings()
    yesterday, settled = _day_ago(1, clock), _day_ago(2, clock)
    organisation = findings.attempt("organisation", lambda: _organisation(api))
    fresh = findings.attempt("usage analytics", lambda: _freshness(api, clock))
    findings.attempt("cost analytics", lambda: _first(analytics.cost(api, yesterday)))
    # Just after midnight yesterday is not complete, and would not be asked for at all.
    findings.attempt(
        "claude code report", lambda: _first(claude_code(api, settled, clock))
    )
    findings.attempt("users", lambda: _first(directories.users(api)))
    findings.attempt("api keys", lambda: _first(directories.api_keys(api)))
    findings.attempt("workspaces", lambda: _first(directories.workspaces(api)))
    findings.attempt(
        "workspace members", lambda: _first(directories.workspace_members(api))
    )
    if starts_on is not None and starts_on < analytics_from(clock):
        day = Window(starts_on, starts_on)
        findings.attempt("older usage", lambda: _first(legacy.usage(api, day)))
        findings.attempt("older cost", lambda: _first(legacy.cost(api, day)))
    return findings.probe(
        "anthropic",
        account=organisation and (organisation.name or organisation.id),
        newest_day=fresh and fresh.newest_day,
        refreshed_at=fresh and fresh.refreshed_at,
    )


def _day_ago(days: int, clock: Clock) -> Window:
    day = today(clock) - timedelta(days=days)
    return Window(day, day)


def _organisation(api: Api) -> Organisation:
    return ORGANISATION.read(api.get("/v1/organizations/me").body)


def _freshness(api: Api, clock: Clock) -> Freshness:
    """The newest day of the last week that has usage."""
    refreshed_at = None
    for back in range(1, LOOKBACK_DAYS + 1):
        asked = _day_ago(back, clock)
        page = _first(analytics.usage(api, asked))
        refreshed_at = refreshed_at or page.refreshed_at
        if page.columns["usage_date"]:
            return Freshness(asked.first, refreshed_at)
    return Freshness(None, refreshed_at)


def _first(pages: Iterator[Page]) -> Page:
    """The first page: enough to know that more may be read."""
    return next(pages)
