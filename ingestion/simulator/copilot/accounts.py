"""Accounts at GitHub: logins without e-mails, one of them renamed, one a bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from ingestion.simulator import habits, organisation, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import Floats
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream

TOOL = "copilot"
_BOT_STARTS_ON = date(2026, 7, 1)
_IDLE_SEATS = 2


@dataclass(frozen=True)
class Account:
    """An account: `logins` are (first day, login), `seat_from` is None without a seat,
    and `person` is None for the bot. HR has a link to it only if `is_linked`."""

    user_id: int
    logins: tuple[tuple[date, str], ...]
    person: Person | None
    is_linked: bool
    seat_from: date | None
    dollars: Floats

    def login(self, day: date) -> str:
        """The login on a day."""
        return [name for first, name in self.logins if first <= day][-1]

    @property
    def seat_to(self) -> date | None:
        """Day the seat ends, the first of the month after the holder left."""
        left = None if self.person is None else self.person.last_day
        if left is None:
            return None
        return (left.replace(day=1) + timedelta(days=32)).replace(day=1)

    def has_seat(self, day: date) -> bool:
        """Whether the seat is listed on a day."""
        if self.seat_from is None or day < self.seat_from:
            return False
        return self.seat_to is None or day < self.seat_to

    @property
    def principal_type(self) -> str:
        """What kind of principal the models make of it."""
        return "service_account" if self.person is None else "user"

    @property
    def attribution(self) -> str:
        """Whom its usage belongs to: person, service or unattributed."""
        if self.person is None:
            return "service"
        return "person" if self.is_linked else "unattributed"


@cache
def accounts(company: Company) -> tuple[Account, ...]:
    """Users in the order of their person ids, idle seats, and last the bot."""
    users = habits.users(company, TOOL)
    special = {organisation.RENAMED, *organisation.LEAVERS}
    ordinary = [user for user in users if user.person.person_id not in special]
    least = min(ordinary, key=lambda user: float(user.dollars.sum()), default=None)
    found = [
        _account(user.person, user.starts_on, user is not least, user.dollars)
        for user in users
    ]
    started = timeline.day_at(timeline.index(habits.HABITS[TOOL].starts_on))
    nothing = np.zeros(timeline.DAYS)
    using = {user.person.person_id for user in users}
    idle = [person for person in company.people if _may_idle(person, using)]
    found += [_account(p, started, True, nothing) for p in idle[:_IDLE_SEATS]]
    return (*found, _bot(company.seed))


def links(company: Company) -> Sequence[Link]:
    """What the SAML identities of the enterprise tell, logins in lower case."""
    return [
        Link(
            TOOL,
            login.lower(),
            account.person.person_id,
            "directory_id",
            "SAML identity",
            account.person.positions[0].valid_from,
            account.person.last_day,
        )
        for account in accounts(company)
        if account.person is not None and account.is_linked
        for _, login in account.logins
    ]


def _may_idle(person: Person, using: set[str]) -> bool:
    is_engineer = person.positions[0].role == "engineer"
    is_new = person.positions[0].valid_from > timeline.AI_FIRST_DAY
    left = person.last_day is not None
    return is_engineer and not left and not is_new and person.person_id not in using


def _account(
    person: Person, starts_on: date, is_linked: bool, dollars: Floats
) -> Account:
    names = dict.fromkeys(_login(person, p.email) for p in person.positions)
    starts = [date.min, organisation.RENAMED_ON]
    return Account(
        user_id=4_000_000 + 7919 * person.number,
        logins=tuple(zip(starts, names, strict=False)),
        person=person,
        is_linked=is_linked,
        seat_from=starts_on - timedelta(days=1),
        dollars=dollars,
    )


def _login(person: Person, email: str) -> str:
    """People write their logins in any case."""
    name = email.split("@")[0].replace(".", "-")
    return name.title() if person.number % 5 == 0 else name


def _bot(seed: int) -> Account:
    """The agent that works on issues: it has no seat."""
    random = stream(seed, "copilot bot")
    days = np.arange(timeline.DAYS)
    weekday = (days + timeline.FIRST_DAY.weekday()) % 7
    works = (weekday < 5) & (days >= timeline.index(_BOT_STARTS_ON))
    dollars = np.where(works, random.uniform(1.5, 4.0, timeline.DAYS), 0.0)
    logins = ((date.min, "example-works-agent[bot]"),)
    return Account(4_999_999, logins, None, False, None, dollars)
