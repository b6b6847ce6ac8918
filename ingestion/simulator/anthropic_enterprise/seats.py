"""Who has a seat, and what the vendor reports of it when."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import (
    CHATTING,
    HAIKU,
    SONNET,
    Floats,
    Parts,
    model_codes,
    rows,
)
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.members import Member
from ingestion.simulator.randomness import identifier, stream
from ingestion.simulator.usage import PRODUCTS, Integers, Usage, joined

TOOL = "enterprise"
STARTS_ON = HABITS[TOOL].starts_on
REVISION_DAYS = 30
CHAT, COWORK = PRODUCTS.index("chat"), PRODUCTS.index("cowork")
_READY_AT = 10  # hour of the next day at which activity is ready


@cache
def seats(company: Company) -> tuple[Member, ...]:
    """The seat users, and a freelancer that HR does not know."""
    known = {member.person_id: member for member in company.members}
    persons = [user.person.person_id for user in users(company, TOOL)]
    return tuple(
        replace(
            known[person_id],
            user_id=identifier("user", company.seed, TOOL, person_id or "contractor"),
        )
        for person_id in [*persons, None]
    )


@cache
def whole(company: Company) -> Usage:
    """Everything that will ever be reported; `principal` is a position in `seats`."""
    parts: list[Usage] = []
    for number, user in enumerate(users(company, TOOL)):
        random = stream(company.seed, TOOL, user.person.person_id)
        parts.append(_used(number, user.dollars, random))
    random = stream(company.seed, TOOL, "contractor")
    days = np.arange(timeline.DAYS)
    is_day = (days >= timeline.index(STARTS_ON)) & (random.random(len(days)) < 0.4)
    dollars = np.where(is_day, 2.0 * random.lognormal(0, 0.4, len(days)), 0.0)
    return joined([*parts, _used(len(parts), dollars, random)])


@cache
def emerging(company: Company) -> Emergence:
    """When each row of `whole` shows, grows and, now and then, vanishes."""
    return emergence(company.seed, TOOL, whole(company).day, REVISION_DAYS)


def served(company: Company, present: datetime | None) -> Usage:
    """The rows as reported at an instant; None is the end of time."""
    used = whole(company)
    shown, thousandths = emerging(company).shown(present)
    grown = replace(
        used,
        tokens=scaled(used.tokens, thousandths),
        requests=scaled(used.requests, thousandths),
        searches=scaled(used.searches, thousandths),
    )
    return grown.take(shown & (grown.tokens.sum(axis=1) > 0))


def newest_activity(present: datetime) -> date:
    """The newest day of which there is activity at an instant."""
    late = 1 if present.hour >= _READY_AT else 2
    return present.date() - timedelta(days=late)


def beyond_seat(used: Usage) -> Usage:
    """The rows that are charged: a third of the users spend what a seat includes on
    the Monday of each week."""
    later = np.array([timeline.day_at(n).weekday() > 0 for n in range(timeline.DAYS)])
    return used.take((used.principal % 3 == 0) & later[used.day])


def per_user_day(used: Usage, values: Integers) -> tuple[Integers, Integers]:
    """(pairs of day and user, sums of the values of each), in their order."""
    keys = np.stack([used.day, used.principal], axis=1)
    pairs, places = np.unique(keys, axis=0, return_inverse=True)
    sums = np.zeros(len(pairs), np.int64)
    np.add.at(sums, places.reshape(-1), values)
    return pairs, sums


def _used(number: int, dollars: Floats, random: np.random.Generator) -> Usage:
    """A main model, and on half of the days a small one."""
    days = np.flatnonzero(dollars)
    mains = model_codes(SONNET, days, int(random.integers(0, 14)))
    has_small = random.random(len(days)) < 0.5
    spent = dollars[days] * np.where(has_small, 0.9, 1.0)
    small = days[has_small]
    parts = Parts(
        np.concatenate([days, small]),
        np.concatenate([mains, np.full(len(small), HAIKU)]),
        np.concatenate([spent, dollars[small] * 0.1]),
        np.ones(len(days) + len(small), np.int64),
    )
    found = rows(parts, number, CHATTING, random)
    is_chat = random.random(len(found)) < 0.75
    return replace(found, product=np.where(is_chat, CHAT, COWORK))
