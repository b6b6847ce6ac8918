"""When one person's issues are created, started, done and done again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline, traits, worktime
from ingestion.simulator.people import Person

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
# Median working days from start to done, by kind of work and by role.
_MEDIAN_DAYS = {"greenfield": 3.0, "legacy": 4.5, "operations": 1.6}
_MEDIAN_DAYS_OF_ROLE = {"consultant": 2.5, "marketing": 3.0, "manager": 4.0}
# Issues a quarter at full time, and the variance over the mean (A.2 of measurement).
_PER_QUARTER, _DISPERSION = 10.5, 1.8
_REOPENED = 0.12


@dataclass(frozen=True)
class Courses:
    """Columns of epoch milliseconds, one entry an issue; 0 for what never happens."""

    created: Integers
    started: Integers
    done: Integers
    reopened: Integers
    redone: Integers

    def __len__(self) -> int:
        return len(self.created)


def issue_rate(person: Person, adopted: bool) -> float:
    """Issues per quarter of 60 full days that the planted traits imply."""
    gain = person.traits.gain if adopted else 0.0
    role = traits.ISSUE_RATE[person.positions[0].role]
    return _PER_QUARTER * float(np.exp(role + person.traits.ability + gain))


def courses(person: Person, available: Floats, random: np.random.Generator) -> Courses:
    """The courses of everything a person finishes over the timeline."""
    workdays = np.flatnonzero(available)
    done_on = _done_days(person, available, random)
    places = np.searchsorted(workdays, done_on)
    size = len(places)
    minutes = random.uniform(worktime.DAY_STARTS + 30, worktime.DAY_ENDS, size)
    done = worktime.moments(person, done_on, minutes)
    spans = _working_days(person, done_on, random)
    start_places = np.maximum(places - spans, 0)
    same_day = start_places == places
    latest = np.where(same_day, minutes - 15, worktime.DAY_ENDS)
    start_minutes = random.uniform(worktime.DAY_STARTS, latest)
    started = worktime.moments(person, workdays[start_places], start_minutes)
    waits = random.lognormal(np.log(5.0), 1.0, size) * timeline.DAY_MS
    created = started - np.round(waits).astype(np.int64) - 60_000
    reopened, redone = _again(person, workdays, places, done, random)
    return Courses(created, started, done, reopened, redone)


def _done_days(
    person: Person, available: Floats, random: np.random.Generator
) -> Integers:
    """The day index of each finished issue, ascending."""
    adopted_on = person.traits.adopted_on
    adopted = timeline.DAYS if adopted_on is None else timeline.index(adopted_on)
    found: list[Integers] = []
    for _, first, after in timeline.quarters():
        mix = float(np.exp(random.normal(0, 0.12)))
        for begin, end, is_after in (
            (first, min(max(adopted, first), after), False),
            (min(max(adopted, first), after), after, True),
        ):
            share = available[begin:end]
            if not share.sum():
                continue
            mean = float(share.sum()) / 60 * issue_rate(person, is_after) * mix
            size = mean / (_DISPERSION - 1)
            count = int(random.negative_binomial(size, 1 / _DISPERSION))
            days = random.choice(np.arange(begin, end), count, p=share / share.sum())
            found.append(np.sort(days))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _working_days(
    person: Person, days: Integers, random: np.random.Generator
) -> Integers:
    """Working days from start to done; the able are quicker."""
    positions = [person.position(timeline.day_at(int(day))) for day in days]
    medians = np.array(
        [_MEDIAN_DAYS_OF_ROLE.get(p.role, _MEDIAN_DAYS[p.work_type]) for p in positions]
    )
    quick = np.exp(-0.3 * person.traits.ability)
    return np.floor(medians * quick * random.lognormal(0, 0.8, len(days))).astype(
        np.int64
    )


def _again(
    person: Person,
    workdays: Integers,
    places: Integers,
    done: Integers,
    random: np.random.Generator,
) -> tuple[Integers, Integers]:
    """(reopened, done again) of each issue; mostly within 30 days, some mis-clicks."""
    size = len(places)
    adopted_on = person.traits.adopted_on
    starts = timeline.DAYS if adopted_on is None else timeline.index(adopted_on)
    is_after = workdays[places] >= starts if size else np.zeros(0, np.bool_)
    noise = random.normal(0, 0.15, size)
    chance = _REOPENED * np.exp(np.where(is_after, person.traits.rework, 0.0) + noise)
    is_reopened = random.random(size) < np.clip(chance, 0, 0.9)
    late = random.random(size) < 0.1
    gaps = np.where(late, random.integers(24, 40, size), random.integers(1, 12, size))
    back, again = places + gaps, places + gaps + random.integers(1, 5, size)
    is_reopened &= again < len(workdays)
    last = max(len(workdays) - 1, 0)
    minutes = random.uniform(worktime.DAY_STARTS, worktime.DAY_ENDS, (2, size))
    reopened, redone = (
        worktime.moments(person, workdays[np.minimum(place, last)], row)
        for place, row in zip((back, again), minutes, strict=True)
    )
    slips = random.random(size) < 0.005
    reopened = np.where(is_reopened, reopened, np.where(slips, done + 60_000, 0))
    redone = np.where(is_reopened, redone, np.where(slips, done + 180_000, 0))
    return reopened, redone
