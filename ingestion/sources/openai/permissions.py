"""What an admin key may read, and how fresh it is: for `tokenworth doctor`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ingestion.clock import Clock, today
from ingestion.http import Api
from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sources.openai import directories
from ingestion.sources.openai.costs import costs
from ingestion.sources.openai.usage import COMPLETIONS, endpoint_usage
from ingestion.window import Window

LOOKBACK_DAYS: Final = 7


def probe(api: Api, clock: Clock) -> Probe:
    """What the key may read, and the newest of the last days with usage. The vendor
    names neither the organisation of a key nor when it refreshed its reports."""
    findings = Findings()
    last = today(clock) - timedelta(days=1)
    week = Window(last - timedelta(days=LOOKBACK_DAYS - 1), last)
    used = findings.attempt("usage", lambda: _days_used(api, week))
    findings.attempt("costs", lambda: _first(costs(api, Window(last, last))))
    findings.attempt("users", lambda: _first(directories.users(api)))
    findings.attempt("projects", lambda: _first(directories.projects(api)))
    findings.attempt("api keys", lambda: _first(directories.api_keys(api)))
    return findings.probe(
        "openai",
        newest_day=max(used or [], default=None),
    )


def _days_used(api: Api, week: Window) -> list[date]:
    """The days with usage of models."""
    pages = endpoint_usage(api, week, COMPLETIONS)
    return [day for page in pages for day in page.columns["usage_date"]]


def _first(pages: Iterator[Page]) -> Page:
    """The first page: enough to know that more may be read."""
    return next(pages)
