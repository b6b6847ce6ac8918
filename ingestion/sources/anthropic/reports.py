"""Usage and cost over any window: the API that reaches a day answers for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from ingestion.clock import Clock
from ingestion.http import Api
from ingestion.page import Page, explained
from ingestion.sources.anthropic import analytics, legacy
from ingestion.sources.anthropic.reach import split
from ingestion.window import Window

NOTHING: Final = "the vendor reports nothing for these days"
Report = Callable[[Api, Window], Iterator[Page]]


def usage(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Pages of `anthropic/usage`."""
    return _pages(api, window, clock, legacy.usage, analytics.usage)


def usage_by_key(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Pages of `anthropic/usage_by_key`."""
    return _pages(api, window, clock, legacy.usage_by_key, analytics.usage_by_key)


def cost(api: Api, window: Window, clock: Clock) -> Iterator[Page]:
    """Pages of `anthropic/cost`."""
    return _pages(api, window, clock, legacy.cost, analytics.cost)


def _pages(
    api: Api, window: Window, clock: Clock, older: Report, newer: Report
) -> Iterator[Page]:
    return explained(_all(api, window, clock, older, newer), NOTHING)


def _all(
    api: Api, window: Window, clock: Clock, older: Report, newer: Report
) -> Iterator[Page]:
    old, new = split(window, clock)
    if old is not None:
        # The older reports name fewer persons: they never replace today's.
        yield from (replace(page, coarse=old) for page in older(api, old))
    if new is not None:
        yield from newer(api, new)
