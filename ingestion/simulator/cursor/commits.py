"""Commits that members made in Cursor, of what reached the repositories."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha1

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.cursor.team import Account, accounts
from ingestion.simulator.emergence import Emergence, emergence
from ingestion.simulator.randomness import stream

_REVISION_DAYS = 3
_NOTICED_MS = 27_000


@dataclass(frozen=True)
class Commit:
    """A commit on one branch; `lines` are added and deleted ones by tab, by composer
    and by hand."""

    hash: str
    account: Account
    repository: str
    branch: str
    source: str
    message: str
    committed_ms: int
    noticed_ms: int
    lines: tuple[int, ...]

    @property
    def day(self) -> int:
        """The UTC day of the commit."""
        return (self.committed_ms - timeline.midnight_ms(0)) // timeline.DAY_MS


@cache
def commits(company: Company) -> tuple[Commit, ...]:
    """All commits, newest first. A tenth was first seen on a branch of its own under
    the same hash."""
    random = stream(company.seed, "cursor", "commits")
    by_person = {a.person_id: a for a in accounts(company) if a.role == "member"}
    found: list[Commit] = []
    for change in company.changes:
        account = by_person.get(change.author.person_id)
        draws = random.random(3)
        drawn = random.integers((0, 0, 2, 0, 1, 0), (30, 6, 140, 60, 60, 30))
        at = timeline.instant(change.merged_ms).date()
        if account is None or not account.is_member(at) or draws[0] > 0.6:
            continue
        name = f"{company.seed}/{change.repository}/{change.number}"
        commit = Commit(
            hash=sha1(name.encode(), usedforsecurity=False).hexdigest(),
            account=account,
            repository=f"example-works/{change.repository}",
            branch="main",
            source="cli" if draws[1] < 0.1 else "ide",
            message=f"{change.issue_key or 'Chore'}: change {change.number}",
            committed_ms=change.merged_ms,
            noticed_ms=change.merged_ms + _NOTICED_MS,
            lines=(*map(int, drawn),),
        )
        found.append(commit)
        if draws[2] < 0.1:
            found.append(_on_branch(commit, change.number))
    return tuple(sorted(found, key=lambda c: (-c.committed_ms, c.hash, c.branch)))


def served(company: Company, present: datetime) -> list[Commit]:
    """The commits that the vendor shows at an instant, newest first."""
    is_shown, _ = _emergence(company).shown(present)
    today, now = timeline.index(present.date()), timeline.epoch_ms(present)
    return [
        commit
        for commit, shown in zip(commits(company), is_shown, strict=True)
        if (commit.noticed_ms <= now if commit.day == today else shown)
    ]


def _on_branch(commit: Commit, number: int) -> Commit:
    return Commit(
        commit.hash, commit.account, commit.repository, f"work-{number}",
        commit.source, commit.message, commit.committed_ms,
        commit.committed_ms + 3_000, commit.lines,
    )  # fmt: skip


@cache
def _emergence(company: Company) -> Emergence:
    day = np.array([commit.day for commit in commits(company)], np.int64)
    return emergence(company.seed, "cursor commits", day, _REVISION_DAYS)
