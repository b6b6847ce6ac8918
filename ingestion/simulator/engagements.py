"""Work that is not code: what consultants and marketing people deliver to clients.

Items are drawn from streams of their own, so that nothing else about a person changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.courses import Courses, courses
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream

# Somebody outside the company, whose share nobody has.
FREELANCER = None
_WITH_MATE, _WITH_FREELANCER, _REVIEWED = 0.35, 0.03, 0.6
_PILOT = 0.02


@dataclass(frozen=True)
class Portfolio:
    """A feed and the team whose work it holds.

    `projects` gives for each its client and how satisfied clients are, as a share of
    the scale; the last one is a pilot with few items. `answered` is the share of
    deliveries that a client rates. A portfolio with a `zone` knows days, not times.
    """

    feed: str
    team: str
    prefix: str
    kinds: tuple[str, ...]
    projects: Mapping[str, tuple[str, float]]
    lowest: int
    highest: int
    answered: float
    zone: str | None = None

    def shown_ms(self, at_ms: int) -> int:
        """An instant as the feed shows it: to the second, or midnight of its day."""
        if self.zone is None:
            return at_ms // 1000 * 1000
        zone = ZoneInfo(self.zone)
        day = timeline.instant(at_ms).astimezone(zone).date()
        return timeline.epoch_ms(datetime.combine(day, time(), zone).astimezone(UTC))


CONSULTING = Portfolio(
    feed="consulting",
    team="kestrel",
    prefix="K",
    kinds=("report", "workshop", "assessment"),
    projects={
        "orchard": ("Client A", 0.82),
        "pier": ("Client A", 0.70),
        "quarry": ("Client B", 0.60),
        "ridge": ("Client C", 0.74),
        "sluice": ("Client D", 0.90),
    },
    lowest=1,
    highest=5,
    answered=0.55,
    zone="Europe/London",
)
CAMPAIGNS = Portfolio(
    feed="campaigns",
    team="lumen",
    prefix="M",
    kinds=("page", "video", "mailing"),
    projects={
        "brand": ("Client E", 0.78),
        "launch": ("Client F", 0.66),
        "fair": ("Client F", 0.72),
    },
    lowest=0,
    highest=10,
    answered=0.4,
)
PORTFOLIOS = (CONSULTING, CAMPAIGNS)


@dataclass(frozen=True, slots=True)
class Item:
    """One deliverable over its whole life; epoch milliseconds, 0 for never.

    `authors` are person ids, None for somebody outside the company.
    """

    item_id: str
    kind: str
    project: str
    authors: tuple[str | None, ...]
    reviewers: tuple[str, ...]
    started_ms: int
    done_ms: int
    returned_ms: int
    redone_ms: int
    rating: int | None
    rated_ms: int

    def delivered_ms(self, at_ms: int) -> int:
        """When it was last delivered, if it is at an instant, else 0."""
        if self.redone_ms and at_ms >= self.redone_ms:
            return self.redone_ms
        is_back = self.returned_ms and at_ms >= self.returned_ms
        return self.done_ms if self.done_ms <= at_ms and not is_back else 0

    def returned_n(self, at_ms: int) -> int:
        """Times it came back for rework until an instant."""
        return int(0 < self.returned_ms <= at_ms)

    def rating_at(self, at_ms: int) -> int | None:
        """The client's rating as known at an instant."""
        is_known = self.rated_ms <= at_ms and self.delivered_ms(at_ms) > 0
        return self.rating if is_known else None


def items(
    seed: int,
    portfolio: Portfolio,
    people: tuple[Person, ...],
    available: NDArray[np.float64],
) -> tuple[Item, ...]:
    """Every item of a portfolio, in the order of its start."""
    team = [p for p in people if p.positions[0].team == portfolio.team]
    drafts: list[Item] = []
    for person in team:
        random = stream(seed, "deliverables", person.person_id)
        done = courses(person, available[person.number], random)
        drafts += _items(portfolio, person, team, available, done, random)
    drafts.sort(key=lambda item: (item.started_ms, item.done_ms))
    return tuple(
        replace(item, item_id=f"{portfolio.prefix}-{number + 1:04d}")
        for number, item in enumerate(drafts)
    )


def _items(
    portfolio: Portfolio,
    person: Person,
    team: list[Person],
    available: NDArray[np.float64],
    done: Courses,
    random: np.random.Generator,
) -> Iterator[Item]:
    for n in range(len(done)):
        draws = random.random(8)
        day = timeline.index(timeline.instant(int(done.done[n])).date())
        mates = [
            mate.person_id
            for mate in team
            if mate is not person and available[mate.number][day] > 0
        ]
        authors: list[str | None] = [person.person_id]
        if mates and draws[0] < _WITH_MATE:
            authors.append(mates[int(draws[1] * len(mates))])
        if draws[2] < _WITH_FREELANCER:
            authors.append(FREELANCER)
        others = [mate for mate in mates if mate not in authors]
        is_reviewed = bool(others) and draws[3] < _REVIEWED
        final = int(done.redone[n] or done.done[n])
        project = _project(portfolio, draws[4])
        yield Item(
            item_id="",
            kind=portfolio.kinds[int(draws[5] * len(portfolio.kinds))],
            project=project,
            authors=tuple(authors),
            reviewers=(others[int(draws[6] * len(others))],) if is_reviewed else (),
            started_ms=int(done.started[n]),
            done_ms=int(done.done[n]),
            returned_ms=int(done.reopened[n]),
            redone_ms=int(done.redone[n]),
            rating=_rating(portfolio, project, random)
            if draws[7] < portfolio.answered
            else None,
            rated_ms=final + int(random.integers(1, 12)) * timeline.DAY_MS,
        )


def _project(portfolio: Portfolio, draw: float) -> str:
    *usual, pilot = portfolio.projects
    if draw < _PILOT:
        return pilot
    return usual[int((draw - _PILOT) / (1 - _PILOT) * len(usual))]


def _rating(portfolio: Portfolio, project: str, random: np.random.Generator) -> int:
    """A whole rating around what is planted for the project."""
    span = portfolio.highest - portfolio.lowest
    _, satisfied = portfolio.projects[project]
    rating = portfolio.lowest + span * (satisfied + float(random.normal(0, 0.15)))
    return int(np.clip(round(rating), portfolio.lowest, portfolio.highest))
