"""The span of the simulated company: when it starts, and what its present is."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

FIRST_DAY = date(2025, 1, 1)
AI_FIRST_DAY = date(2026, 1, 1)
# Beyond the default present, so that a clock set forward finds news.
LAST_DAY = date(2027, 2, 28)
PRESENT = datetime(2027, 2, 5, 6, tzinfo=UTC)

DAYS = (LAST_DAY - FIRST_DAY).days + 1
DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)
_FIRST_MS = (FIRST_DAY - _EPOCH).days * DAY_MS


def index(day: date) -> int:
    """Days since the first day; may be negative or beyond the last."""
    return (day - FIRST_DAY).days


def day_at(position: int) -> date:
    """The day at an index."""
    return FIRST_DAY + timedelta(days=position)


def midnight_ms(position: int) -> int:
    """Epoch milliseconds of 00:00 UTC on the day at an index."""
    return _FIRST_MS + position * DAY_MS


def epoch_ms(at: datetime) -> int:
    """Epoch milliseconds of an instant."""
    return round(at.timestamp() * 1000)


def instant(milliseconds: int) -> datetime:
    """The UTC instant at epoch milliseconds."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def quarters() -> list[tuple[date, int, int]]:
    """(first day, first index, index after the last) of each calendar quarter."""
    starts = [
        date(year, month, 1)
        for year in range(FIRST_DAY.year, LAST_DAY.year + 1)
        for month in (1, 4, 7, 10)
        if date(year, month, 1) <= LAST_DAY
    ]
    bounds = [index(start) for start in starts] + [DAYS]
    return [(start, bounds[n], bounds[n + 1]) for n, start in enumerate(starts)]


def quarter_numbers() -> NDArray[np.int64]:
    """For each day the position of its quarter in `quarters()`."""
    numbers = np.zeros(DAYS, np.int64)
    for number, (_, first, after) in enumerate(quarters()):
        numbers[first:after] = number
    return numbers
