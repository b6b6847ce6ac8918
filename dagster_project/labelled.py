"""How well identity resolves accounts: labelled ones through the real models.

labelled world → lake and ledger in a folder of its own → dbt → precision and recall
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

import duckdb

from dagster_project.workspace import PROJECT
from ingestion.catalog import TABLES
from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.simulator import identities
from ingestion.simulator.identities.labels import FIRST, Labelled
from ingestion.simulator.identities.lake import AS_OF
from ingestion.sources import decisions
from ingestion.sources.decisions.tables import IDENTITY_DECISIONS
from ingestion.window import Window
from ledger import Ledger
from ledger.identity import Decision, Span, check

MODELS = ("+int_accounts_suggested", "+mart_unresolved_account")
Key = tuple[str, str, str, date]
RESOLVED = """
    select source, account_kind, account_id, seen_date, person_id, reason
    from intermediate.int_accounts_resolved
"""
SUGGESTED = """
    select source, account_kind, account_id, person_id, suggestion_class
    from intermediate.int_accounts_suggested
"""
LISTED = "select source, account_kind, account_id from steward.mart_unresolved_account"


@dataclass(frozen=True)
class Score:
    """Days of accounts by what became of them; `cases` counts them by story too."""

    cases: Mapping[str, Counter[str]]
    accounts: int
    quarantined: int
    ambiguous: int
    missed_accounts: int
    suggested_accounts: int

    @property
    def precision(self) -> float:
        """Of the days that were given to somebody, the share given rightly."""
        right = self._sum("right")
        return right / (right + self._sum("wrong"))

    @property
    def recall(self) -> float:
        """Of the days that are somebody's and not ambiguous, the share so given."""
        return self._sum("right") / self._sum("owned")

    def _sum(self, what: str) -> int:
        return sum(counts[what] for counts in self.cases.values())


def measured(
    folder: Path, seed: int, people: int, *, without_links: bool = False
) -> Score:
    """The score of one labelled world, built in the folder; without what the
    organisation vouches for if told so."""
    world = identities.world(seed, people)
    if without_links:
        world.links.clear()
    _land(folder, world)
    _build(folder)
    with duckdb.connect(folder / "warehouse.duckdb", read_only=True) as connection:
        resolved = {row[:4]: row[4:] for row in connection.execute(RESOLVED).fetchall()}
        suggested = connection.execute(SUGGESTED).fetchall()
        listed = set(connection.execute(LISTED).fetchall())
    return _score(world, resolved, suggested, listed)


def _land(folder: Path, world: identities.World) -> None:
    """The world's tables, and the decisions that operators took about it."""
    clock = FixedClock(AS_OF.replace(tzinfo=UTC))
    lake = Lake(folder / "lake", clock)
    lake.initialise(TABLES)
    for table, day, page in identities.pages(world):
        if day is None:
            lake.merge(table, [page])
        else:
            lake.replace_days(table, Window(day, day), [page])
    ledger = Ledger(f"sqlite:///{folder / 'ledger.db'}", clock.now)
    for merger in world.mergers:
        decided = Decision(
            "merge",
            person_id=merger.person_id,
            other_person_id=merger.other_person_id,
            span=Span(FIRST),
        )
        draft = decided.draft(decided_by="steward", reason="one human", evidence=None)
        ledger.append(draft, check(decided))
    lake.merge(IDENTITY_DECISIONS, decisions.identity_decisions(ledger.verified()))


def _build(folder: Path) -> None:
    where = {
        "TOKENWORTH_LAKE": folder / "lake",
        "TOKENWORTH_WAREHOUSE": folder / "warehouse.duckdb",
        "DBT_TARGET_PATH": folder / "target",
        "DBT_LOG_PATH": folder / "logs",
        "DO_NOT_TRACK": "1",
    }
    project = PROJECT / "dbt"
    places = ["--project-dir", project, "--profiles-dir", project]
    # A process of its own: dbt keeps the warehouse open for as long as it lives.
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "dbt.cli.main", "run", "--select", *MODELS, *places],
        env={**os.environ, **{name: str(value) for name, value in where.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the models could not be built: {done.stdout[-2000:]}")


def _score(
    world: identities.World,
    resolved: Mapping[Key, tuple[str | None, str | None]],
    suggested: list[tuple[str, str, str, str, str]],
    listed: set[tuple[str, str, str]],
) -> Score:
    humans = world.humans
    cases: dict[str, Counter[str]] = {}
    missed: dict[tuple[str, str, str], str] = {}
    quarantined: set[tuple[str, str, str]] = set()
    ambiguous: set[tuple[str, str, str]] = set()
    for account in world.accounts:
        counts = cases.setdefault(account.case, Counter())
        name = (account.source, account.account_kind, account.account_id)
        given = [resolved[(*name, day)][0] for day in account.days]
        for person in given:
            verdict = _verdict(account, humans[person] if person else None)
            counts.update(["days", verdict])
            if account.human and not account.is_ambiguous:
                counts["owned"] += 1
                if verdict == "nobody":
                    missed[name] = account.human
        if account.is_ambiguous:
            ambiguous.add(name)
            if name in listed and not any(given):
                quarantined.add(name)
    right = {(*s[:3], humans[s[3]]) for s in suggested}
    return Score(
        cases=cases,
        accounts=len({(a.source, a.account_id) for a in world.accounts}),
        quarantined=len(quarantined),
        ambiguous=len(ambiguous),
        missed_accounts=len(missed),
        suggested_accounts=sum((*name, who) in right for name, who in missed.items()),
    )


def _verdict(account: Labelled, given: str | None) -> str:
    """right, wrong or nobody: an ambiguous account may be given to nobody at all."""
    if given is None:
        return "nobody"
    return "right" if given == account.human and not account.is_ambiguous else "wrong"
