"""Pull requests: one a change, and some that never became one."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.change import BOT_EMAIL, Author, Change
from ingestion.simulator.company import Company
from ingestion.simulator.hosting.history import Commit, Step, steps
from ingestion.simulator.messages import subject
from ingestion.simulator.organisation import CI_EMAIL
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream

FIRST_UNMERGED = 5001  # numbers of those that were never merged
_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Review:
    """Something said of a pull request: `kind` is approved, changes_requested,
    commented or dismissed, which takes an approval back. Nobody is a bot if
    `is_machine`, else a deleted account."""

    number: int
    kind: str
    person: Person | None
    at_ms: int
    has_words: bool
    is_machine: bool = False


@dataclass(frozen=True)
class Request:
    """A pull request over its whole life; times are epoch milliseconds, 0 for never.

    `marked` are the (state, time) of draft and ready as they were set by hand. A
    deleted author is neither person nor author.
    """

    repository: str
    number: int
    author: Author | None
    person: Person | None
    title: str
    body: str
    branch: str
    created_ms: int
    merged_ms: int
    closed_ms: int
    opened_as_draft: bool
    marked: tuple[tuple[str, int], ...]
    reverts: int | None
    step: Step | None
    commits: tuple[Commit, ...]
    reviews: tuple[Review, ...]

    def is_there(self, at_ms: int) -> bool:
        """Whether it exists at an instant."""
        return self.created_ms <= at_ms

    def state(self, at_ms: int) -> str:
        """open, merged or closed."""
        if 0 < self.merged_ms <= at_ms:
            return "merged"
        return "closed" if 0 < self.closed_ms <= at_ms else "open"

    def is_draft(self, at_ms: int) -> bool:
        """Whether it is not ready for review."""
        past = [state for state, ms in self.marked if ms <= at_ms]
        return past[-1] == "draft" if past else self.opened_as_draft

    def said(self, at_ms: int) -> list[Review]:
        """What was said until an instant."""
        return [review for review in self.reviews if review.at_ms <= at_ms]

    def reviewers(self, at_ms: int) -> dict[str, int]:
        """Persons who said something of it, beside its author, and when first."""
        found: dict[str, int] = {}
        for review in self.said(at_ms):
            who = review.person
            if who is None or who is self.person or review.kind == "dismissed":
                continue
            found.setdefault(who.person_id, review.at_ms)
        return found

    def updated_ms(self, at_ms: int) -> int:
        """The last event until an instant."""
        ends = (self.merged_ms, self.closed_ms)
        events = [self.created_ms, *ends, *(ms for _, ms in self.marked)]
        events += [review.at_ms for review in self.reviews]
        return max(ms for ms in events if ms <= at_ms)


@lru_cache(maxsize=16)
def requests(company: Company, repository: str) -> tuple[Request, ...]:
    """All pull requests of a repository by time of creation."""
    random = stream(company.seed, "pull requests", repository)
    by_id = {person.person_id: person for person in company.people}
    changes = [c for c in company.changes if c.repository == repository]
    found: list[Request] = []
    for change, step in zip(changes, steps(company, repository), strict=True):
        person = by_id.get(change.author.person_id or "")
        found.append(_merged(company, change, step, person, random))
        if person is not None and change.number % 37 == 0:
            number = FIRST_UNMERGED + sum(not each.merged_ms for each in found)
            found.append(_unmerged(change, person, number, random))
    return tuple(sorted(found, key=lambda each: (each.created_ms, each.number)))


def _merged(
    company: Company,
    change: Change,
    step: Step,
    person: Person | None,
    random: np.random.Generator,
) -> Request:
    draws = random.random(4)
    span = change.merged_ms - change.authored_ms
    created = change.authored_ms + int(span * (0.05 + 0.2 * draws[0]))
    marked: tuple[tuple[str, int], ...] = ()
    ready = created
    if person is not None and draws[1] < 0.2:
        ready = created + int((change.merged_ms - created) * 0.3)
        marked = (("ready", ready),)
        if draws[1] < 0.04:
            marked = (("draft", created + (ready - created) // 2), *marked)
    commits = step.branch or tuple(_written(change))
    reviews = _reviews(company, change, person, ready, random)
    return Request(
        change.repository,
        change.number,
        change.author,
        person,
        _title(company, change),
        _body(change),
        _branch(change),
        created,
        change.merged_ms,
        change.merged_ms,
        marked[:1] == (("ready", ready),),
        marked,
        change.reverts,
        step,
        commits,
        tuple(reviews),
    )


def _unmerged(
    change: Change, person: Person, number: int, random: np.random.Generator
) -> Request:
    """Given up after some days, or open to this day. One is of a deleted account, and
    one is still a draft."""
    days = float(random.random()) * 20
    created = change.merged_ms - int(days * 3_600_000)
    is_open = number % 6 == 0
    is_ghost = number == FIRST_UNMERGED + 1
    return Request(
        change.repository,
        number,
        None if is_ghost else change.author,
        None if is_ghost else person,
        f"Try another way for {change.issue_key or 'the build'}",
        "An attempt.",
        f"try/{number}",
        created,
        0,
        0 if is_open else created + int((1 + days) * timeline.DAY_MS),
        number % 12 == 0,
        (),
        None,
        None,
        tuple(_written(change))[:1],
        (),
    )


def _title(company: Company, change: Change) -> str:
    if change.reverts is None:
        return subject(change)
    undone = next(
        each
        for each in company.changes
        if each.repository == change.repository and each.number == change.reverts
    )
    return f'Revert "{subject(undone)}"'


def _body(change: Change) -> str:
    if change.reverts is not None:
        return f"Reverts works/{change.repository}#{change.reverts}"
    if change.issue_key is not None and change.number % 10 == 9:
        return f"What and why.\n\nCloses {change.issue_key}."
    return "What and why."


def _branch(change: Change) -> str:
    """Named after the issue in lower case, as many do."""
    topic = (change.issue_key or "topic").lower()
    return f"work/{topic}-{change.number}"


def _written(change: Change) -> Iterator[Commit]:
    """Commits of a branch that a squash merge made one of."""
    authors = [change.author, change.partner, change.author]
    for part, author in enumerate(authors[: 1 + change.number % 3]):
        if author is not None:
            text = f"{change.repository} {change.number} {part}".encode()
            sha = hashlib.sha1(text, usedforsecurity=False).hexdigest()
            at = change.authored_ms // 1000 * 1000 + part * _MINUTE_MS
            yield Commit(sha, author.email, author.name, at)


def _reviews(
    company: Company,
    change: Change,
    person: Person | None,
    ready_ms: int,
    random: np.random.Generator,
) -> list[Review]:
    """One or two mates look at most of what people write, machines at some of it."""
    draws = random.random(10)
    span = change.merged_ms - ready_ms
    if span <= 10 * _MINUTE_MS or change.author.email in (BOT_EMAIL, CI_EMAIL):
        return []
    day = timeline.instant(change.merged_ms).date()
    names = (change.author, change.partner)
    own = {author.person_id for author in names if author}
    mates = [
        p
        for p in company.people
        if p.person_id not in own
        and p.position(day).team == change.team
        and p.position(day).holds_on(day)
        and p.position(timeline.instant(ready_ms).date()).holds_on(day)
    ]
    told: list[tuple[float, str, Person | None, bool, bool]] = []
    if draws[0] < 0.25:
        told.append((0.02, "commented", None, True, True))
    if draws[1] < 0.1 and person is not None:
        told.append((0.4, "commented", person, True, False))
    if draws[2] < 0.02:
        told.append((0.5, "approved", None, False, False))  # of a deleted account
    for place, draw in enumerate(draws[3 : 3 + int(draws[9] < 0.9)]):
        if mates:
            mate = mates[int(draw * len(mates))]
            told += _verdict(mate, float(draws[5 + place]), float(draws[7 + place]))
    if draws[9] < 0.3 and len(mates) > 1:
        mate = mates[int(draws[4] * len(mates))]
        told.append((0.6, "commented", mate, True, False))
    told.sort(key=lambda each: each[0])
    return [
        Review(
            place,
            kind,
            who,
            ready_ms + int(span * at) // 1000 * 1000 + place * 1000,
            has_words,
            is_machine,
        )
        for place, (at, kind, who, has_words, is_machine) in enumerate(told, start=1)
    ]


def _verdict(
    mate: Person, draw: float, at: float
) -> list[tuple[float, str, Person | None, bool, bool]]:
    """What one mate says: mostly yes, sometimes no at first."""
    first, second = 0.1 + 0.5 * at, 0.7 + 0.2 * at
    if draw < 0.25:
        return [
            (first, "changes_requested", mate, True, False),
            (second, "approved", mate, False, False),
        ]
    if draw < 0.28:
        return [
            (first, "approved", mate, True, False),
            (second, "dismissed", mate, False, False),
            (second + 0.05, "approved", mate, False, False),
        ]
    if draw < 0.35:
        return [(first, "commented", mate, True, False)]
    return [(first, "approved", mate, draw > 0.7, False)]
