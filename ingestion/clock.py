"""The one clock: windows, partition ends, schedules and freshness all ask it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the present."""

    def now(self) -> datetime:
        """The present, timezone-aware, UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present, UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still: demonstrations, rebuilds and tests."""

    at: datetime

    def now(self) -> datetime:
        """The fixed instant, UTC."""
        return self.at.astimezone(UTC)


def today(clock: Clock) -> date:
    """The current UTC day, which is not over yet."""
    return clock.now().date()
