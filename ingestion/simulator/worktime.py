"""Working time: how much of each day a person is there."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import calendars, timeline
from ingestion.simulator.people import Person

DAY_STARTS, DAY_ENDS = 9 * 60, 17 * 60 + 30


def available(person: Person) -> NDArray[np.float64]:
    """Full-time equivalents available on each day of the timeline, 0 to 1."""
    fte = np.zeros(timeline.DAYS)
    for position in person.positions:
        end = position.valid_to or timeline.LAST_DAY
        fte[_slice(position.valid_from, end)] = position.fte
    absent = np.zeros(timeline.DAYS)
    for absence in person.absences:
        days = _slice(absence.valid_from, absence.valid_to)
        absent[days] = absence.absent_fraction
    return fte * calendars.worked_shares(person.location) * (1 - absent)


def _slice(first: date, last: date) -> slice:
    start = max(0, timeline.index(first))
    return slice(start, max(start, timeline.index(last) + 1))


def moments(
    person: Person, days: NDArray[np.int64], minutes: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Epoch milliseconds of local minutes after midnight on the days given."""
    offsets = calendars.offsets(person.location)[days]
    starts = np.array([timeline.midnight_ms(int(day)) for day in days], np.int64)
    seconds = np.round((minutes - offsets) * 60).astype(np.int64)
    return starts + seconds * 1000
