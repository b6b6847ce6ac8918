"""Who uses tools without a connector, and what the exports of those tools hold.

Every second person is in the export, the others in the bill.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

import numpy as np

from ingestion.simulator import habits, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import CHATTING, SONNET, Parts, model_codes, rows
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream
from ingestion.simulator.totals import Totals, totals
from ingestion.simulator.usage import Usage, joined

REVISION_DAYS: Final = 7


@dataclass(frozen=True)
class Holder:
    """Whose usage a file holds: a person, a service, or somebody unknown."""

    kind: str
    account: str
    email: str | None
    person: Person | None

    @property
    def principal_id(self) -> str:
        """The id under which the connector knows it."""
        return self.account or (self.email or "").lower()

    @property
    def attribution(self) -> str:
        """As the models find it."""
        if self.kind == "service_account":
            return "service"
        return "person" if self.person else "unattributed"


@dataclass(frozen=True)
class Held:
    """The usage of a file, which is written anew each day; `principal` counts its
    holders."""

    holders: tuple[Holder, ...]
    usage: Usage
    emergence: Emergence

    def before(self, at: datetime | None) -> Usage:
        """The usage of days that were over at an instant, as exported then."""
        is_shown, thousandths = self.emergence.shown(at)
        if at is not None:
            is_shown = is_shown & (self.usage.day < timeline.index(at.date()))
        tokens = scaled(self.usage.tokens, thousandths)
        return replace(self.usage, tokens=tokens).take(is_shown)


@cache
def export(company: Company) -> Held:
    """The CSV export: every second person, a service and somebody unknown."""
    users = habits.users(company, "files")[::2]
    persons = [_person(user.person) for user in users]
    others = [
        Holder("service_account", "nightly-summary", None, None),
        Holder("user", "", "visitor@agency.example", None),
    ]
    dollars = [user.dollars for user in users]
    extra = [dollars[0] / 2, dollars[0] / 4]
    return _held(company, "export", [*persons, *others], [*dollars, *extra])


@cache
def bill(company: Company) -> Held:
    """The FOCUS bill: the other persons, and usage without any tag."""
    users = habits.users(company, "files")[1::2]
    persons = [_person(user.person) for user in users]
    nobody = Holder("unknown", "", None, None)
    dollars = [user.dollars for user in users]
    return _held(company, "bill", [*persons, nobody], [*dollars, dollars[0] / 3])


def _person(person: Person) -> Holder:
    email = person.positions[-1].email
    if person.number % 4 == 0:
        email = email.upper()
    return Holder("user", "", email, person)


def _held(
    company: Company,
    name: str,
    holders: Sequence[Holder],
    dollars: Sequence[np.ndarray[Any, np.dtype[np.float64]]],
) -> Held:
    parts: list[Usage] = []
    for number, spent in enumerate(dollars):
        random = stream(company.seed, "files", name, number)
        days = np.flatnonzero(spent)
        part = Parts(
            days,
            model_codes(SONNET, days, 0),
            spent[days],
            np.ones(len(days), np.int64),
        )
        parts.append(rows(part, number, CHATTING, random))
    usage = joined(parts)
    # Requests are in neither file.
    usage = replace(usage, requests=usage.requests * 0)
    shown = emergence(company.seed, f"files {name}", usage.day, REVISION_DAYS)
    return Held(tuple(holders), usage, shown)


def totals_of(held: Held, at: datetime | None) -> Totals:
    """Tokens and list cost by day, holder, model and class, as exported then."""
    usage = held.before(at)
    return totals(usage, [usage.day, usage.principal, usage.model])
