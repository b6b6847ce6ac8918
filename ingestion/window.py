"""A window: consecutive UTC days, first and last included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"window ends {self.last} before it starts {self.first}")

    @property
    def starting_at(self) -> datetime:
        """The first instant, inclusive."""
        return datetime.combine(self.first, datetime.min.time(), UTC)

    @property
    def ending_at(self) -> datetime:
        """The first instant after the window: exclusive, as vendors want it."""
        return datetime.combine(self.last + ONE_DAY, datetime.min.time(), UTC)

    def days(self) -> list[date]:
        """Every day of the window in order."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]

    def before(self, day: date) -> "Window | None":
        """Its days before a day; None if it has none."""
        last = min(self.last, day - ONE_DAY)
        return Window(self.first, last) if self.first <= last else None

    def since(self, day: date) -> "Window | None":
        """Its days from a day on; None if it has none."""
        first = max(self.first, day)
        return Window(first, self.last) if first <= self.last else None

    def ranges(self, most_days: int) -> Iterator["Window"]:
        """The window cut into pieces of at most `most_days` days."""
        first = self.first
        while first <= self.last:
            last = min(self.last, first + timedelta(days=most_days - 1))
            yield Window(first, last)
            first = last + ONE_DAY


def spans(days: Iterable[date]) -> list[Window]:
    """The days, in any order, as the fewest windows that hold them and no other."""
    found: list[Window] = []
    for day in sorted(set(days)):
        if found and found[-1].last + ONE_DAY == day:
            found[-1] = Window(found[-1].first, day)
        else:
            found.append(Window(day, day))
    return found
