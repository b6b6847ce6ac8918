"""Every issue's history as its changelog: when, who, and which fields."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.accounts import JiraAccount, jira_account_on
from ingestion.simulator.company import Company
from ingestion.simulator.jira.events import Events, Item
from ingestion.simulator.jira.site import SERVICE_PROJECT
from ingestion.simulator.outcomes import Issue
from ingestion.simulator.randomness import stream

_HOUR_MS = 3_600_000
_FIRST_HISTORY_ID = 50_000


@dataclass(frozen=True, slots=True)
class History:
    """One entry of a changelog; `author` None for one whose account is gone."""

    history_id: int
    at_ms: int
    author: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """An issue with what was set when it was created, and all later changes.

    `rating` is what the client answered at `rated_ms`, 0 for no answer.
    """

    issue: Issue
    creator: str | None
    assignee: str | None
    points: float | None
    priority: int
    histories: tuple[History, ...]
    commented_ms: int
    rating: int = 0
    rated_ms: int = 0


def records(company: Company) -> tuple[Record, ...]:
    """The record of every issue, in order of id."""
    writer = _Writer(company)
    return tuple(writer.record(place) for place in range(len(company.issues)))


class _Writer:
    def __init__(self, company: Company) -> None:
        self._issues = company.issues
        self._accounts: defaultdict[str, list[JiraAccount]] = defaultdict(list)
        for account in company.jira_accounts:
            if account.person_id:
                self._accounts[account.person_id].append(account)
        self._names = {a.account_id: a.display_name for a in company.jira_accounts}
        random = stream(company.seed, "histories")
        self._draws = random.random((len(company.issues), 12))
        answers = stream(company.seed, "satisfaction")
        self._answers = answers.random((len(company.issues), 3))
        self._long = next(
            i.issue_id
            for i in company.issues
            if i.project == "GRA" and i.started_ms and not i.done_ms
        )
        self._next_id = _FIRST_HISTORY_ID

    def record(self, place: int) -> Record:
        """One issue's record."""
        issue, draws = self._issues[place], self._draws[place]
        worker = self._account(issue.worker, issue.done_ms or issue.created_ms)
        reporter = self._account(issue.reporter, issue.created_ms)
        choices = (None, worker, reporter if worker else None)
        first_assignee = choices[int(draws[0] > 0.6) + int(draws[0] > 0.85)]
        has_first_points = issue.first_points is not None and draws[1] < 0.5
        events = Events(issue, worker, reporter, draws.tolist(), self._names)
        events.estimate(issue.first_points if has_first_points else None)
        events.course(first_assignee)
        if issue.issue_id == self._long:
            events.recalculated()
        rating, rated_ms = self._answered(issue, self._answers[place])
        return Record(
            rating=rating,
            rated_ms=rated_ms,
            issue=issue,
            creator=None if draws[2] < 0.002 else reporter,
            assignee=first_assignee,
            points=issue.first_points if has_first_points else None,
            priority=int(draws[3] * 5),
            histories=self._numbered(events),
            commented_ms=events.last_ms + 70 * _HOUR_MS if draws[4] < 0.05 else 0,
        )

    def _answered(self, issue: Issue, draws: NDArray[np.float64]) -> tuple[int, int]:
        """What the client answered, and when: two in five do, and few are unhappy."""
        is_asked = issue.project == SERVICE_PROJECT and issue.resolution == "Done"
        if not is_asked or draws[0] > 0.4:
            return 0, 0
        rating = 5 - int(sum(draws[1] < limit for limit in (0.45, 0.15, 0.05, 0.02)))
        return rating, issue.done_ms + int((1 + 71 * draws[2]) * _HOUR_MS)

    def _account(self, person_id: str | None, at_ms: int) -> str | None:
        if person_id is None:
            return None
        day = timeline.instant(at_ms).date()
        return jira_account_on(self._accounts[person_id], day).account_id

    def _numbered(self, events: Events) -> tuple[History, ...]:
        found: list[History] = []
        for at_ms, author, items in sorted(events.entries, key=lambda e: e[0]):
            found.append(History(self._next_id, at_ms, author, items))
            self._next_id += 1
        return tuple(found)
