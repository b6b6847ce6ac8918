"""The people of the company: positions over time, absences, and planted traits."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from ingestion.simulator import names, organisation, timeline
from ingestion.simulator.calendars import LOCATIONS
from ingestion.simulator.organisation import TEAMS, Team
from ingestion.simulator.randomness import stream
from ingestion.simulator.traits import Traits, traits

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Position:
    """What HR knows of a person over one unchanged span of days."""

    valid_from: date
    valid_to: date | None
    email: str
    manager_id: str | None
    team: str
    role: str
    level: str
    work_type: str
    location: str
    entity: str
    fte: float

    def holds_on(self, day: date) -> bool:
        """Whether the span contains the day."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True)
class Absence:
    """A share of working time absent, over days that may include weekends."""

    valid_from: date
    valid_to: date
    absent_fraction: float


@dataclass(frozen=True)
class Person:
    """One person, and the truth about them that no system shows."""

    person_id: str
    full_name: str
    positions: tuple[Position, ...]
    absences: tuple[Absence, ...]
    traits: Traits

    @property
    def number(self) -> int:
        """Position in the company's list of people, from 0."""
        return organisation.person_number(self.person_id)

    @property
    def location(self) -> str:
        """Location; nobody moves between locations."""
        return self.positions[0].location

    @property
    def last_day(self) -> date | None:
        """Last day of employment as known; null while employed."""
        return self.positions[-1].valid_to

    def position(self, day: date) -> Position:
        """The position on a day, or the nearest one outside employment."""
        for found in self.positions:
            if day <= (found.valid_to or date.max):
                return found
        return self.positions[-1]


def people(seed: int) -> tuple[Person, ...]:
    """All 120, in the order of their ids."""
    random = stream(seed, "people")
    full_names = names.full_names(organisation.PEOPLE, random)
    first, second = map(organisation.person_number, organisation.NAMESAKES)
    full_names[second] = full_names[first]
    seats = [(team, seat) for team in TEAMS for seat in range(team.seats)]
    return tuple(
        _person(seed, number, full_names[number], team, seat)
        for number, (team, seat) in enumerate(seats)
    )


def _person(seed: int, number: int, full_name: str, team: Team, seat: int) -> Person:
    person_id = f"P{number + 1:03d}"
    random = stream(seed, "person", person_id)
    start = _hired_on(person_id, random)
    only = Position(
        valid_from=start,
        valid_to=organisation.LEAVERS.get(person_id),
        email=_email(person_id, full_name),
        manager_id=_manager(team, seat, person_id),
        team=team.team,
        role=team.role,
        level=_level(team, seat, random),
        work_type=team.work_type,
        location=_location(team, random),
        entity="",
        fte=_fte(seat, random),
    )
    only = replace(only, entity=LOCATIONS[only.location].entity)
    positions = _history(person_id, full_name, only, random)
    return Person(
        person_id=person_id,
        full_name=full_name,
        positions=positions,
        absences=_absences(person_id, positions, random),
        traits=traits(seed, person_id, team.role, start, positions[-1].valid_to),
    )


def _hired_on(person_id: str, random: np.random.Generator) -> date:
    earlier = date(2020, 1, 1) + timedelta(days=int(random.integers(0, 1700)))
    return organisation.JOINERS.get(person_id, earlier)


def _email(person_id: str, full_name: str) -> str:
    if person_id == organisation.NAMESAKES[1]:
        return names.email(f"{full_name}2")
    return names.email(full_name)


def _manager(team: Team, seat: int, person_id: str) -> str | None:
    """Members report to their lead, leads to management, management to its head."""
    first_seat = organisation.person_number(person_id) - seat
    head = organisation.PEOPLE - TEAMS[-1].seats
    if seat:
        return f"P{first_seat + 1:03d}"
    if team is TEAMS[-1]:
        return None
    return f"P{head + 1 + TEAMS.index(team) % TEAMS[-1].seats:03d}"


def _level(team: Team, seat: int, random: np.random.Generator) -> str:
    drawn = str(random.choice(["junior", "mid", "senior"], p=[0.25, 0.42, 0.33]))
    if team is TEAMS[-1]:
        return "head" if seat == 0 else "senior"
    return "lead" if seat == 0 else drawn


def _location(team: Team, random: np.random.Generator) -> str:
    elsewhere = str(random.choice(sorted(LOCATIONS)))
    return team.location if random.random() < 0.8 else elsewhere


def _fte(seat: int, random: np.random.Generator) -> float:
    part_time = float(random.choice([0.5, 0.6, 0.8]))
    return part_time if seat and random.random() < 0.14 else 1.0


def _history(
    person_id: str, full_name: str, only: Position, random: np.random.Generator
) -> tuple[Position, ...]:
    """The one position cut into the spans of the person's story."""
    if person_id == organisation.REHIRED:
        left = replace(only, valid_to=organisation.LEFT_ON)
        return left, replace(only, valid_from=organisation.CAME_BACK_ON)
    changes: dict[str, tuple[date, dict[str, object]]] = {
        organisation.MOVER: (
            organisation.MOVED_ON,
            {"team": "delta", "work_type": "legacy", "manager_id": "P031"},
        ),
        organisation.RENAMED: (
            organisation.RENAMED_ON,
            {"email": names.email(f"{full_name.split()[0]} Newname")},
        ),
        organisation.REDUCED_HOURS: (organisation.REDUCED_ON, {"fte": 0.6}),
    }
    promoted = random.random() < 0.1 and only.level in {"junior", "mid"}
    if person_id in changes:
        day, news = changes[person_id]
    elif promoted and only.valid_to is None and only.valid_from < date(2025, 6, 1):
        better = {"junior": "mid", "mid": "senior"}[only.level]
        day, news = date(2026, 1, 1), {"level": better}
    else:
        return (only,)
    # `replace` is typed by the fields of Position, which a mapping cannot show.
    after = replace(only, valid_from=day, **news)  # type: ignore[arg-type]
    return replace(only, valid_to=day - ONE_DAY), after


def _absences(
    person_id: str, positions: tuple[Position, ...], random: np.random.Generator
) -> tuple[Absence, ...]:
    """About six weeks a year in blocks and single days, never overlapping."""
    wanted: list[Absence] = []
    if person_id == organisation.LONG_ABSENCE:
        start, end = organisation.ABSENT_FROM, organisation.ABSENT_TO
        wanted.append(Absence(start, end, 1.0))
    for year in (2025, 2026, 2027):
        for first_week, weeks in ((int(random.integers(24, 34)), 2), (52, 1)):
            monday = date.fromisocalendar(year, first_week, 1)
            wanted.append(Absence(monday, monday + timedelta(days=7 * weeks - 3), 1.0))
        for day in random.choice(250, 13, replace=False):
            start = date(year, 1, 7) + timedelta(days=int(day * 1.35))
            fraction = 0.5 if random.random() < 0.25 else 1.0
            length = int(random.integers(0, 3)) if fraction == 1.0 else 0
            wanted.append(Absence(start, start + timedelta(days=length), fraction))
    kept: list[Absence] = []
    for absence in wanted:
        if not any(_overlap(absence, other) for other in kept) and _employed(
            absence, positions
        ):
            kept.append(absence)
    return tuple(sorted(kept, key=lambda absence: absence.valid_from))


def _overlap(one: Absence, other: Absence) -> bool:
    return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


def _employed(absence: Absence, positions: tuple[Position, ...]) -> bool:
    """Whether the absence lies within the timeline and one stretch of employment."""
    if absence.valid_to > timeline.LAST_DAY or absence.valid_from < timeline.FIRST_DAY:
        return False
    covered = [p.holds_on(absence.valid_from) for p in positions]
    ends = [p.holds_on(absence.valid_to) for p in positions]
    return any(covered) and any(ends)
