"""All issues of the company: what is delivered, dropped, abandoned or still waiting."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import organisation, timeline
from ingestion.simulator.courses import Courses, courses
from ingestion.simulator.organisation import TEAM_BY_NAME
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream

FIRST_ID = 10_001
POINTS = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0)
_HOUR_MS = 3_600_000
# In the platform team's project first, then moved to the ledger's.
_MOVED, _MOVED_TO = 8, "DEL"


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue over its whole life; times are epoch milliseconds, 0 for never.

    `worker` is who has it when it is done, `kind` its issue type. `resolution` holds
    from `done_ms`. An issue that moves gets a new project and key, never a new id.
    """

    issue_id: int
    project: str
    number: int
    kind: str
    worker: str | None
    reporter: str
    created_ms: int
    started_ms: int
    done_ms: int
    reopened_ms: int
    redone_ms: int
    resolution: str | None
    first_points: float | None
    last_points: float | None
    parent_id: int | None
    moved_ms: int = 0
    moved_to: str | None = None
    moved_number: int = 0
    deleted_ms: int = 0

    def key(self, at_ms: int) -> str:
        """The key at an instant."""
        if self.moved_ms and at_ms >= self.moved_ms:
            return f"{self.moved_to}-{self.moved_number}"
        return f"{self.project}-{self.number}"

    def delivered_ms(self, at_ms: int) -> int:
        """When it last entered Done, if it is done at an instant, else 0."""
        if self.redone_ms and at_ms >= self.redone_ms:
            return self.redone_ms
        is_open_again = self.reopened_ms and at_ms >= self.reopened_ms
        return self.done_ms if self.done_ms <= at_ms and not is_open_again else 0


def issues(
    seed: int, people: tuple[Person, ...], available: NDArray[np.float64]
) -> tuple[Issue, ...]:
    """Every issue in the order of creation, which is the order of ids."""
    drafts: list[Issue] = []
    for person in people:
        random = stream(seed, "issues", person.person_id)
        done = courses(person, available[person.number], random)
        drafts += _finished(person, people, done, random)
        drafts += _unfinished(person, len(done), available[person.number], random)
    drafts += _epics(people)
    drafts.sort(key=lambda issue: (issue.created_ms, issue.project, issue.done_ms))
    return _related(seed, _numbered(drafts))


def _finished(
    person: Person,
    people: tuple[Person, ...],
    done: Courses,
    random: np.random.Generator,
) -> list[Issue]:
    """Delivered issues, and the few that are closed without being delivered."""
    found: list[Issue] = []
    for n in range(len(done)):
        draws = random.random(8)
        position = person.position(timeline.instant(int(done.done[n])).date())
        is_dropped, never_started = draws[0] < 0.05, draws[1] < 0.04
        first, last = _points(draws[2], draws[3])
        mates = TEAM_BY_NAME[position.team].seats
        base = organisation.person_number(position.manager_id or person.person_id)
        reporter = people[(base + int(draws[4] * mates)) % len(people)].person_id
        found.append(
            Issue(
                issue_id=0,
                project=TEAM_BY_NAME[position.team].project,
                number=0,
                kind=_kind(position.role, draws[5]),
                worker=None if draws[6] < 0.01 else person.person_id,
                reporter=reporter,
                created_ms=int(done.created[n]),
                started_ms=0 if is_dropped or never_started else int(done.started[n]),
                done_ms=int(done.done[n]),
                reopened_ms=0 if is_dropped else int(done.reopened[n]),
                redone_ms=0 if is_dropped else int(done.redone[n]),
                resolution=_dropped(draws[7]) if is_dropped else "Done",
                first_points=first,
                last_points=last,
                parent_id=None,
            )
        )
    return found


def _dropped(draw: float) -> str:
    return "Won't Do" if draw < 0.6 else "Duplicate"


def _kind(role: str, draw: float) -> str:
    shares = (0.45, 0.70, 0.97) if role == "engineer" else (0.3, 0.9, 0.98)
    names = ("Story", "Task", "Bug", "Sub-task")
    return names[sum(draw >= share for share in shares)]


def _points(is_estimated: float, draw: float) -> tuple[float | None, float | None]:
    """(first, last) estimate: a quarter have none, some zero, some change."""
    if is_estimated < 0.25:
        return None, None
    if is_estimated < 0.27:
        return 0.0, 0.0
    place = int(draw * len(POINTS))
    changes = is_estimated > 0.93
    return POINTS[place], POINTS[(place + 1) % len(POINTS) if changes else place]


def _unfinished(
    person: Person,
    finished: int,
    available: NDArray[np.float64],
    random: np.random.Generator,
) -> list[Issue]:
    """Issues started and abandoned, and issues that nobody ever started."""
    workdays = np.flatnonzero(available)
    found: list[Issue] = []
    for is_started in random.random(round(finished * 0.08)) < 0.4:
        day = int(random.choice(workdays))
        created = timeline.midnight_ms(day) + int(random.integers(8, 16) * _HOUR_MS)
        position = person.position(timeline.day_at(day))
        first, _ = _points(random.random(), random.random())
        found.append(
            Issue(
                0, TEAM_BY_NAME[position.team].project, 0,
                _kind(position.role, random.random()),
                person.person_id if is_started else None, person.person_id, created,
                created + 2 * _HOUR_MS if is_started else 0,
                0, 0, 0, None, first, first, None,
            )
        )  # fmt: skip
    return found


def _epics(people: tuple[Person, ...]) -> list[Issue]:
    """One epic a team and quarter, closed by nobody in particular at its end."""
    found: list[Issue] = []
    for team in organisation.TEAMS:
        lead = next(p for p in people if p.positions[0].team == team.team)
        for _, first, after in timeline.quarters():
            end = timeline.midnight_ms(after) - 9 * _HOUR_MS
            is_over = after < timeline.DAYS
            start = timeline.midnight_ms(first)
            found.append(
                Issue(
                    0, team.project, 0, "Epic", None, lead.person_id,
                    start - 72 * _HOUR_MS, start + 9 * _HOUR_MS,
                    end if is_over else 0, 0, 0, "Done" if is_over else None,
                    None, None, None,
                )
            )  # fmt: skip
    return found


def _numbered(drafts: list[Issue]) -> list[Issue]:
    """The drafts with ids, and numbers per project, in order of creation."""
    counts: defaultdict[str, int] = defaultdict(int)
    found: list[Issue] = []
    for place, draft in enumerate(drafts):
        counts[draft.project] += 1
        number = counts[draft.project]
        found.append(replace(draft, issue_id=FIRST_ID + place, number=number))
    return found


def _related(seed: int, found: list[Issue]) -> tuple[Issue, ...]:
    """The issues with parents, moves between projects, and deletions."""
    random = stream(seed, "relations")
    draws = random.random(len(found))
    newest: dict[tuple[str, str], int] = {}
    for place, issue in enumerate(found):
        kind = "Story" if issue.kind == "Sub-task" else "Epic"
        parent = newest.get((issue.project, kind))
        if issue.kind != "Epic" and (issue.kind == "Sub-task" or draws[place] < 0.5):
            found[place] = replace(issue, parent_id=parent)
        newest[issue.project, issue.kind] = issue.issue_id
    _move(found, random)
    _delete(found, random)
    return tuple(found)


def _move(found: list[Issue], random: np.random.Generator) -> None:
    able = [n for n, i in enumerate(found) if i.project == "ATL" and i.started_ms]
    able = [n for n in able if found[n].kind in {"Story", "Task"}]
    count = sum(issue.project == _MOVED_TO for issue in found)
    for order, place in enumerate(map(int, random.choice(able, _MOVED, replace=False))):
        issue = found[place]
        found[place] = replace(
            issue,
            moved_ms=(issue.created_ms + issue.started_ms) // 2,
            moved_to=_MOVED_TO,
            moved_number=count + order + 1,
        )


def _delete(found: list[Issue], random: np.random.Generator) -> None:
    """Two issues gone before the demo's present, three in the week after it."""
    present = timeline.epoch_ms(timeline.PRESENT)
    start = timeline.epoch_ms(timeline.PRESENT.replace(month=1, day=4))
    able = [n for n, i in enumerate(found) if i.kind == "Bug" and i.created_ms < start]
    for order, place in enumerate(map(int, random.choice(able, 5, replace=False))):
        days = 1 + order if order > 1 else order - 10
        found[place] = replace(
            found[place], deleted_ms=present + days * timeline.DAY_MS
        )
