"""Locations with their time zone, legal entity and holidays, 2025 to 2027."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline

KNOWN_FROM, KNOWN_TO = date(2025, 1, 1), date(2027, 12, 31)
YEARS = range(2025, 2028)


@dataclass(frozen=True)
class Location:
    """Where people work; one legal entity each."""

    location: str
    entity: str
    zone: str
    holidays_of: Callable[[int], dict[date, float]]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss, as corrected by Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def _nth_monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=(after.weekday() - 1) % 7 + 1)


def _hamburg(year: int) -> dict[date, float]:
    moving = [easter(year) + timedelta(days=n) for n in (-2, 1, 39, 50)]
    fixed = [(1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26)]
    days = dict.fromkeys([*moving, *(date(year, *day) for day in fixed)], 0.0)
    return days | {date(year, 12, 24): 0.5, date(year, 12, 31): 0.5}


def _leeds(year: int) -> dict[date, float]:
    moving = [easter(year) + timedelta(days=n) for n in (-2, 1)]
    mondays = [_nth_monday(year, 5, 1), _last_monday(year, 5), _last_monday(year, 8)]
    days = dict.fromkeys([*moving, *mondays], 0.0)
    for month, day in ((1, 1), (12, 25), (12, 26)):
        holiday = date(year, month, day)
        # A bank holiday on a weekend is moved to the next free weekday.
        while holiday.weekday() > 4 or holiday in days:
            holiday += timedelta(days=1)
        days[holiday] = 0.0
    return days


def _toronto(year: int) -> dict[date, float]:
    before_25_may = date(year, 5, 24)
    victoria = before_25_may - timedelta(days=before_25_may.weekday())
    moving = [
        _nth_monday(year, 2, 3),
        easter(year) - timedelta(days=2),
        victoria,
        _nth_monday(year, 8, 1),
        _nth_monday(year, 9, 1),
        _nth_monday(year, 10, 2),
    ]
    fixed = [date(year, *day) for day in ((1, 1), (7, 1), (12, 25), (12, 26))]
    return dict.fromkeys([*moving, *fixed], 0.0)


LOCATIONS = {
    found.location: found
    for found in (
        Location("hamburg", "Example Works GmbH", "Europe/Berlin", _hamburg),
        Location("leeds", "Example Works Ltd", "Europe/London", _leeds),
        Location("toronto", "Example Works Inc", "America/Toronto", _toronto),
    )
}


@cache
def holidays(location: str) -> dict[date, float]:
    """Share worked on each weekday of a location that is not a full working day."""
    found = [LOCATIONS[location].holidays_of(year) for year in YEARS]
    every = {day: share for year in found for day, share in year.items()}
    return {day: every[day] for day in sorted(every) if day.weekday() < 5}


@cache
def worked_shares(location: str) -> NDArray[np.float64]:
    """Share of each day of the timeline that the location works."""
    free = holidays(location)
    days = (timeline.day_at(n) for n in range(timeline.DAYS))
    return np.array([free.get(d, 1.0 if d.weekday() < 5 else 0.0) for d in days])


@cache
def offsets(location: str) -> NDArray[np.int64]:
    """Minutes the location is ahead of UTC at noon of each day of the timeline."""
    zone = ZoneInfo(LOCATIONS[location].zone)
    noons = (
        datetime.combine(timeline.day_at(n), time(12), zone)
        for n in range(timeline.DAYS)
    )
    return np.array([_minutes(noon) for noon in noons], np.int64)


def _minutes(at: datetime) -> int:
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"{at} has no time zone")
    return round(offset.total_seconds() / 60)
