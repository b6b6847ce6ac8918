"""How rows of a vendor's report come to light: late, growing, and now and then taken
back. One way for every vendor whose report is by day.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

_PHANTOM_EVERY = 9  # on every so many days one row shows that later vanishes


@dataclass(frozen=True)
class Emergence:
    """For each row of a report: the day it tells of, how many days after it is
    complete, and whether it is one that the vendor takes back."""

    day: Integers
    complete_after: Integers
    is_phantom: NDArray[np.bool_]
    vanishes_after: int

    def shown(self, present: datetime | None) -> tuple[NDArray[np.bool_], Integers]:
        """(rows shown, whole thousandths of their amounts shown) at an instant; all
        that is no phantom, whole, at the end of time (None)."""
        if present is None:
            return ~self.is_phantom, np.full(len(self.day), 1000)
        age = timeline.index(present.date()) - self.day
        is_complete = (age >= self.complete_after) & (age > 0)
        partial = 500 + 500 * age // np.maximum(self.complete_after, 1)
        partial = np.where(age == 0, 30 * present.hour, partial)
        thousandths = np.where(is_complete, 1000, np.clip(partial, 0, 1000))
        is_shown = (age >= 0) & (thousandths > 0)
        is_shown &= ~self.is_phantom | (age < self.vanishes_after)
        return is_shown, thousandths


def emergence(seed: int, purpose: str, day: Integers, revision_days: int) -> Emergence:
    """The emergence of rows within the vendor's window of revision: most are complete
    the morning after, all before the window ends."""
    random = stream(seed, "emergence", purpose)
    late = random.random(len(day)) < 0.15
    most = max(2, revision_days)
    complete_after = np.where(late, random.integers(2, most + 1, len(day)), 1)
    is_phantom = np.zeros(len(day), np.bool_)
    days, first = np.unique(day, return_index=True)
    is_phantom[first[days % _PHANTOM_EVERY == 0]] = True
    return Emergence(day, complete_after, is_phantom, max(1, revision_days - 1))


def scaled(values: Integers, thousandths: Integers) -> Integers:
    """Whole parts of whole amounts; exact where all is shown."""
    share = thousandths if values.ndim == 1 else thousandths[:, None]
    return values * share // 1000
