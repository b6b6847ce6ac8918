"""Codex usage as it really was and as it comes to light: columns of the report."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import Floats
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.members import Member
from ingestion.simulator.openai.prices import list_prices
from ingestion.simulator.openai.rows import bought
from ingestion.simulator.randomness import identifier, stream
from ingestion.simulator.usage import Integers

REVISION_DAYS = 3
# Tokens are in the answers about days from this one on.
TOKENS_FROM = timeline.index(date(2026, 10, 1))
TOKEN_CLASSES = ("input_uncached", "cache_read", "output")
TOKEN_FIELDS = (
    "uncached_text_input_tokens",
    "cached_text_input_tokens",
    "text_output_tokens",
)
MODEL = "gpt-5.3-codex"
CREDITS_A_DOLLAR = 25


@dataclass(frozen=True)
class Actor:
    """Who used it: a member, or an automation without one."""

    kind: str
    user_id: str
    attribution: str
    member: Member | None = None


@dataclass(frozen=True)
class Rows:
    """Columns of equal length, one row per actor and day; `tokens` has a column per
    class, and `credits` are thousandths."""

    day: Integers
    actor: Integers
    tokens: Integers
    credits: Integers
    threads: Integers
    turns: Integers
    added: Integers

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: object) -> "Rows":
        """The rows chosen by positions or by a mask."""
        return Rows(*(column[rows] for column in vars(self).values()))


@cache
def actors(company: Company) -> tuple[Actor, ...]:
    """Every user, the freelancer whom HR does not know, and the reviewing bot."""
    known = {m.person_id: m for m in company.members}
    people = [*(user.person.person_id for user in users(company, "codex")), None]
    listed = [
        replace(known[p], user_id=_id(company, p or "contractor")) for p in people
    ]
    return (
        *(
            Actor("user", m.user_id, "person" if m.person_id else "unattributed", m)
            for m in listed
        ),
        Actor("service_account", _id(company, "reviewer"), "service"),
    )


@cache
def whole(company: Company) -> Rows:
    """Everything that will ever be reported, in the order of days and actors."""
    habits = users(company, "codex")
    days = [np.flatnonzero(user.dollars) for user in habits]
    spent = [user.dollars[d] for user, d in zip(habits, days, strict=True)]
    for name, dollars, chance in (("contractor", 4.0, 0.4), ("reviewer", 5.0, 0.7)):
        random = stream(company.seed, "codex", name)
        span = np.arange(timeline.index(HABITS["codex"].starts_on), timeline.DAYS)
        chosen = span[random.random(len(span)) < chance]
        days.append(chosen)
        spent.append(dollars * random.lognormal(0, 0.4, len(chosen)))
    day, dollars_spent = np.concatenate(days), np.concatenate(spent)
    actor = np.repeat(np.arange(len(days)), [len(each) for each in days])
    order = np.lexsort((actor, day))
    return _rows(company.seed, day[order], actor[order], dollars_spent[order])


@cache
def emerging(company: Company) -> Emergence:
    """When each row of `whole` shows, grows and, on the last day of the vendor's window
    of revision, now and then vanishes."""
    found = emergence(company.seed, "codex", whole(company).day, REVISION_DAYS)
    return replace(found, vanishes_after=REVISION_DAYS)


def served(company: Company, present: datetime | None) -> Rows:
    """The rows as reported at an instant, up to twelve hours late; None is the end of
    time."""
    rows = whole(company)
    at = None if present is None else present - timedelta(hours=6)
    shown, part = emerging(company).shown(at)
    grown = Rows(
        rows.day,
        rows.actor,
        *(
            scaled(column, part)
            for column in (
                rows.tokens,
                rows.credits,
                rows.threads,
                rows.turns,
                rows.added,
            )
        ),
    )
    return grown.take(shown & (grown.credits > 0))


def _rows(seed: int, day: Integers, actor: Integers, dollars: Floats) -> Rows:
    random = stream(seed, "codex")
    kinds = [list_prices(MODEL, timeline.day_at(int(d)), False) for d in day]
    prices = np.array(kinds, np.int64)[:, [0, 1, 3]]
    return Rows(
        day=day,
        actor=actor,
        tokens=bought(dollars, prices, random, (1.0, 4.0, 2.0)),
        credits=1 + np.floor(dollars * CREDITS_A_DOLLAR * 1000).astype(np.int64),
        threads=random.integers(1, 12, len(day)),
        turns=random.integers(5, 90, len(day)),
        added=random.integers(0, 900, len(day)),
    )


def _id(company: Company, name: str) -> str:
    return f"user-{identifier('codex', company.seed, name)[8:]}"
