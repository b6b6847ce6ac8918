"""Which API answers for which day: the analytics API, or the older reports."""

from datetime import date, timedelta
from typing import Final

from ingestion.clock import Clock, today
from ingestion.window import Window

ANALYTICS_FIRST_DAY: Final = date(2026, 1, 1)
# The vendor reaches back 365 days from the present instant. Two days less, so that a
# pull over midnight does not lose its first day between two pages.
ANALYTICS_DAYS: Final = 363


def analytics_from(clock: Clock) -> date:
    """The first day the analytics API answers for."""
    return max(ANALYTICS_FIRST_DAY, today(clock) - timedelta(days=ANALYTICS_DAYS))


def split(window: Window, clock: Clock) -> tuple[Window | None, Window | None]:
    """The days for the older reports and those for the analytics API; None if none."""
    first = analytics_from(clock)
    return window.before(first), window.since(first)
