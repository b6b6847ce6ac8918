"""What a source lets us read right now: the answer of `tokenworth doctor` per source.

a source's `probe(…)` → `Probe` → one paragraph of `tokenworth doctor`
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from ingestion.clock import Clock, today
from ingestion.errors import BadCredentials, SourceError
from ingestion.window import Window

T = TypeVar("T")
LOOKBACK_DAYS: Final = 7


@dataclass(frozen=True)
class Problem:
    """Something a person must change, and how; never with a secret in it."""

    problem: str
    fix: str

    @classmethod
    def of(cls, error: SourceError) -> "Problem":
        """The problem that an error of a source describes."""
        where = (
            error.source if error.field is None else f"{error.source}, {error.field}"
        )
        return cls(f"{where}: {error.problem}", error.fix)


@dataclass(frozen=True)
class Probe:
    """What one source answered.

    `account` is the organisation, site, repository or folder as the source names it;
    None if it gave no name. `permissions` are the things that could be read. Freshness
    is the `newest_day` with data and when the source last refreshed; None if unsaid.
    """

    source: str
    account: str | None = None
    permissions: tuple[str, ...] = ()
    newest_day: date | None = None
    refreshed_at: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether a run can read everything it needs."""
        return not self.problems


@dataclass
class Findings:
    """What has been found so far while a source is asked one thing after another."""

    permissions: list[str] = field(default_factory=list[str])
    problems: list[Problem] = field(default_factory=list[Problem])
    is_refused: bool = False

    def attempt(self, permission: str, call: Callable[[], T]) -> T | None:
        """What the call gives, noted as a permission; None with the problem noted.

        After a refused key nothing more is asked: every answer would be the same.
        """
        if self.is_refused:
            return None
        try:
            result = call()
        except SourceError as error:
            self.problems.append(Problem.of(error))
            self.is_refused = isinstance(error, BadCredentials)
            return None
        self.permissions.append(permission)
        return result

    def probe(
        self,
        source: str,
        *,
        account: str | None = None,
        newest_day: date | None = None,
        refreshed_at: datetime | None = None,
    ) -> Probe:
        """The probe of a source of which this was found."""
        return Probe(
            source,
            account,
            tuple(self.permissions),
            newest_day,
            refreshed_at,
            tuple(self.problems),
        )


def newest_day(
    clock: Clock, has_data: Callable[[Window], bool], days: int = LOOKBACK_DAYS
) -> date | None:
    """The newest of the last days that are over and have data; None if none has."""
    for back in range(1, days + 1):
        day = today(clock) - timedelta(days=back)
        if has_data(Window(day, day)):
            return day
    return None
