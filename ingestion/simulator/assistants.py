"""Assistants that are billed in credits or not at all: who used one, how much a day.

Windsurf, Qoder and Lingma draw their reports from here. A row is a day, an account and
a model; credits are whole hundredths.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

import numpy as np
import pyarrow as pa

from ingestion.simulator import habits, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream, unique_id
from ingestion.simulator.totals import MONEY, dates
from ingestion.simulator.usage import Integers
from ingestion.simulator.vendor import truth_table
from ingestion.window import Window

REVISION_DAYS = 3
USD_PER_CREDIT = Decimal("0.04")
# Four cents a credit are so many pico-dollars a hundredth.
PICO_A_HUNDREDTH = 400_000_000
# Somebody outside the company, whom no link resolves.
VISITOR = "visitor@agency.example"
VISITOR_USD_A_DAY = 0.4


@dataclass(frozen=True)
class Account:
    """An account of an assistant; `person` is None for somebody unknown."""

    user_id: str
    email: str
    name: str
    person: Person | None
    removed_on: date | None


@dataclass(frozen=True)
class Report:
    """Rows in the order of day, account and model; columns of equal length."""

    accounts: tuple[Account, ...]
    day: Integers
    account: Integers
    model: Integers
    hundredths: Integers
    messages: Integers
    suggested: Integers
    accepted: Integers
    emergence: Emergence

    def shown(
        self, at: datetime | None, window: Window | None = None
    ) -> tuple[Integers, Integers]:
        """(positions of rows, thousandths of their amounts) as shown at an instant for
        the days of a window."""
        is_shown, thousandths = self.emergence.shown(at)
        if window is not None:
            first, last = timeline.index(window.first), timeline.index(window.last)
            is_shown = is_shown & (self.day >= first) & (self.day <= last)
        rows = np.flatnonzero(is_shown)
        return rows, thousandths[rows]


@cache
def report(company: Company, tool: str, models: int) -> Report:
    """All rows of an assistant, with as many `models` as it offers."""
    users = habits.users(company, tool)
    accounts = [_account(company.seed, tool, user.person) for user in users]
    # The visitor works every day, weekends included, and is reported late.
    accounts.append(_visitor(company.seed, tool))
    first = timeline.index(habits.HABITS[tool].starts_on)
    daily = np.where(np.arange(timeline.DAYS) >= first, VISITOR_USD_A_DAY, 0.0)
    spent = np.stack([*(user.dollars for user in users), daily])
    account, day = np.nonzero(spent)
    random = stream(company.seed, "assistant", tool)
    size = len(day)
    model = random.integers(0, models, size)
    has_second = random.random(size) < 0.3
    share = np.where(has_second, 0.7, 1.0)
    hundredths = np.floor(spent[account, day] * 100 / float(USD_PER_CREDIT))
    parts = np.concatenate([share, (1 - share)[has_second]])
    origin = np.concatenate([np.arange(size), np.flatnonzero(has_second)])
    models_of = np.concatenate([model, (model + 1)[has_second] % models])
    amounts = np.floor(hundredths[origin] * parts).astype(np.int64) + 1
    order = np.lexsort((models_of, account[origin], day[origin]))
    origin, amounts = origin[order], amounts[order]
    shown = emergence(company.seed, tool, day[origin], REVISION_DAYS)
    is_visitor = account[origin] == len(users)
    late = np.where(is_visitor, REVISION_DAYS, shown.complete_after)
    suggested = 3 + amounts // 60 + random.integers(0, 40, len(origin))
    return Report(
        tuple(accounts),
        day[origin],
        account[origin],
        models_of[order],
        amounts,
        1 + amounts // 250,
        suggested,
        suggested * random.integers(35, 90, len(origin)) // 100,
        # Taken back on the last day that is read again.
        replace(shown, complete_after=late, vanishes_after=REVISION_DAYS),
    )


def _account(seed: int, tool: str, person: Person) -> Account:
    """A person's account: its e-mail is the latest one, in the case it was typed."""
    email = person.positions[-1].email
    if person.number % 5 == 0:
        email = email.title().replace(".Example", ".example")
    last = person.last_day
    removed = None if last is None else last + timedelta(days=3)
    user_id = unique_id(seed, tool, person.person_id)
    return Account(user_id, email, person.full_name, person, removed)


def _visitor(seed: int, tool: str) -> Account:
    return Account(unique_id(seed, tool, VISITOR), VISITOR, "Visitor", None, None)


def is_listed(account: Account, at: datetime) -> bool:
    """Whether the account is a member at an instant."""
    return account.removed_on is None or at.date() < account.removed_on


def amounts(values: Integers, rows: Integers, thousandths: Integers) -> Integers:
    """The amounts of shown rows as far as they are shown."""
    return scaled(values[rows], thousandths)


def links(source: str, found: Report) -> list[Link]:
    """What accounts.csv says of the ids of a vendor that sends no e-mail."""
    return [
        Link(
            source,
            account.user_id,
            account.person.person_id,
            "directory_id",
            "identity provider",
            account.person.positions[0].valid_from,
            account.person.last_day,
        )
        for account in found.accounts
        if account.person is not None
    ]


def truth(
    found: Report,
    at: datetime | None,
    models: Sequence[str],
    principals: Sequence[str],
) -> pa.Table:
    """What the credits of each day, principal and model cost; see `TRUTH`."""
    rows, thousandths = found.shown(at)
    hundredths = amounts(found.hundredths, rows, thousandths)
    keys = np.stack([found.day[rows], found.account[rows], found.model[rows]], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    sums = np.zeros(len(groups), np.int64)
    np.add.at(sums, places.reshape(-1), hundredths)
    owners = [found.accounts[n] for n in groups[:, 1]]
    persons = [owner.person for owner in owners]
    cost = [Decimal(int(n) * PICO_A_HUNDREDTH).scaleb(-12) for n in sums]
    size = len(groups)
    return truth_table(
        {
            "usage_date": dates(groups[:, 0]),
            "principal_type": ["user"] * size,
            "principal_id": [principals[n] for n in groups[:, 1]],
            "attribution": ["person" if p else "unattributed" for p in persons],
            "person_id": pa.array([p and p.person_id for p in persons], pa.string()),
            "model": [models[n] for n in groups[:, 2]],
            "token_class": ["none"] * size,
            "tokens": pa.nulls(size, pa.int64()),
            "list_cost_usd": pa.array(cost, MONEY),
        }
    )
