"""Every call through Cursor as it really was, and as the vendor shows it at a time."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.cursor import models
from ingestion.simulator.cursor.team import accounts, contractor_place, tool_users
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.prices import PICO
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

Floats = NDArray[np.float64]
KINDS = (
    "Usage-based",
    "Included in Business",
    "User API Key",
    "Errored, Not Charged",
)
ON_DEMAND, INCLUDED, OWN_KEY, ERRORED = range(len(KINDS))
REVISION_DAYS = 3
FEE_PICO = PICO // 4 // 1_000_000  # a token: Cursor's fee of $0.25 a million
INCLUDED_PICO = 20 * PICO  # of every member in every billing cycle
CYCLE_DAY = 20  # billing cycles start on this day of the month
_LAG_MS = 3_600_000
_MOST_A_DAY = 5
_SHARES = np.array((0.6, 2.4, 2.2, 4.0))  # of the dollars, by token class
_FAMILY_CHANCES = (0.42, 0.25, 0.18, 0.05, 0.10)


@dataclass(frozen=True)
class Events:
    """Columns of equal length, by time. `account` is a position in `accounts`, `model`
    in `MODELS`, `kind` in `KINDS`; `tokens` has a column per token class. Money is in
    pico-dollars: `model_pico` at list price, `charged_pico` with the fee."""

    at_ms: Integers
    day: Integers
    account: Integers
    model: Integers
    kind: Integers
    is_metered: NDArray[np.bool_]
    is_headless: NDArray[np.bool_]
    tokens: Integers
    model_pico: Integers
    charged_pico: Integers

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: Integers | NDArray[np.bool_]) -> "Events":
        """The rows chosen by positions or by a mask."""
        return Events(*(getattr(self, f.name)[rows] for f in fields(self)))


@cache
def events(company: Company) -> Events:
    """All events of the timeline, also those that the vendor will take back."""
    random = stream(company.seed, "cursor", "events")
    account, day, dollars = _days(company, random)
    counts = random.integers(1, _MOST_A_DAY + 1, len(day))
    parts = random.gamma(2.0, 1, counts.sum())
    whole = np.add.reduceat(parts, np.cumsum(counts) - counts)
    dollars = np.repeat(dollars / whole, counts) * parts
    account, day = np.repeat(account, counts), np.repeat(day, counts)
    model = _models(company, account, day, random)
    is_metered = (model != models.AUTO) | (random.random(len(day)) < 0.7)
    prices = models.unit_prices(model, day)
    tokens = _tokens(dollars, prices, random) * is_metered[:, None]
    is_service = account == contractor_place(company) + 1
    found = Events(
        at_ms=_times(day, random),
        day=day,
        account=account,
        model=model,
        kind=_own_key_kinds(company, account, model, random),
        is_metered=is_metered,
        is_headless=is_service | (random.random(len(day)) < 0.04),
        tokens=tokens,
        model_pico=(tokens * prices).sum(axis=1),
        charged_pico=np.zeros(len(day), np.int64),
    )
    return _charged(_in_order(_with_errors(found, random)))


@cache
def _emergence(company: Company) -> Emergence:
    return emergence(company.seed, "cursor", events(company).day, REVISION_DAYS)


def served(company: Company, present: datetime | None) -> Events:
    """The events that the vendor shows at an instant; at the end of time (None) all
    that are true. Today's come an hour late, and some days' not before the third."""
    known, revised = events(company), _emergence(company)
    is_shown, thousandths = revised.shown(present)
    if present is not None:
        now = timeline.epoch_ms(present)
        is_today = known.day == timeline.index(present.date())
        is_prompt = (known.at_ms <= now - _LAG_MS) & (revised.complete_after <= 1)
        is_shown = np.where(is_today, is_prompt, is_shown)
        thousandths = np.where(is_today, 1000, thousandths)
    tokens = scaled(known.tokens, thousandths)
    model_pico = (tokens * models.unit_prices(known.model, known.day)).sum(axis=1)
    shown = replace(known, tokens=tokens, model_pico=model_pico)
    return _charges(shown).take(is_shown)


def _days(
    company: Company, random: np.random.Generator
) -> tuple[Integers, Integers, Floats]:
    """(account, day, dollars) of every day on which an account is used."""
    found: list[tuple[int, Floats]] = [
        (place, user.dollars) for place, user in enumerate(tool_users(company))
    ]
    place = contractor_place(company)
    for more, dollars, chance in ((place, 7.0, 0.5), (place + 1, 8.0, 0.9)):
        start = timeline.index(accounts(company)[more].added_on)
        found.append((more, _plan(dollars, chance, start, random)))
    days = [np.flatnonzero(dollars) for _, dollars in found]
    numbers = [np.full(len(d), p) for (p, _), d in zip(found, days, strict=True)]
    amounts = [dollars[d] for (_, dollars), d in zip(found, days, strict=True)]
    return np.concatenate(numbers), np.concatenate(days), np.concatenate(amounts)


def _plan(
    dollars: float, chance: float, start: int, random: np.random.Generator
) -> Floats:
    """Dollars of each day of the timeline for an account that works on weekdays."""
    days = np.arange(timeline.DAYS)
    is_weekday = (days + timeline.FIRST_DAY.weekday()) % 7 < 5
    is_used = (days >= start) & is_weekday & (random.random(timeline.DAYS) < chance)
    return np.where(is_used, dollars * random.lognormal(0, 0.4, timeline.DAYS), 0.0)


def _models(
    company: Company, account: Integers, day: Integers, random: np.random.Generator
) -> Integers:
    """Mostly the family that an account prefers, in the generation of the day."""
    size = len(accounts(company))
    preferred = random.choice(len(models.FAMILIES), size, p=_FAMILY_CHANCES)
    preferred[contractor_place(company) + 1] = 0
    delay = random.integers(0, 21, size)[account]
    other = random.choice(len(models.FAMILIES), len(day), p=_FAMILY_CHANCES)
    family = np.where(random.random(len(day)) < 0.7, preferred[account], other)
    found = np.zeros(len(day), np.int64)
    for number, generations in enumerate(models.FAMILIES):
        starts = np.array([timeline.index(start) for start, _ in generations[1:]])
        codes = np.array([code for _, code in generations])
        places = np.searchsorted(starts, day - delay, side="right")
        found = np.where(family == number, codes[places], found)
    return found


def _tokens(dollars: Floats, prices: Integers, random: np.random.Generator) -> Integers:
    """Whole tokens by class that cost about these dollars at list price."""
    weights = random.gamma(_SHARES * 6, 1, prices.shape) * (prices > 0)
    weights /= weights.sum(axis=1, keepdims=True)
    bought = dollars[:, None] * weights * PICO / np.maximum(prices, 1)
    tokens = np.floor(bought).astype(np.int64)
    tokens[:, 1] += 1
    return tokens


def _times(day: Integers, random: np.random.Generator) -> Integers:
    """Milliseconds between 06:30 and 18:30 UTC of the day."""
    hour = 3_600_000
    return (
        timeline.midnight_ms(0)
        + day * timeline.DAY_MS
        + random.integers(6 * hour + hour // 2, 18 * hour + hour // 2, len(day))
    )


def _own_key_kinds(
    company: Company, account: Integers, model: Integers, random: np.random.Generator
) -> Integers:
    """Some members pay a fifth of the other vendors' models with a key of their own."""
    numbers = np.arange(len(accounts(company))) % 11 == 4
    numbers[contractor_place(company) :] = False
    is_own = numbers[account] & models.IS_FOREIGN[model]
    is_own &= random.random(len(model)) < 0.2
    return np.where(is_own, OWN_KEY, INCLUDED)


def _with_errors(known: Events, random: np.random.Generator) -> Events:
    """The events and some that failed a little before, a few of them twice at once."""
    failed = np.flatnonzero(random.random(len(known)) < 0.02)
    failed = np.concatenate([failed, failed[::6]])
    copies = known.take(failed)
    none = np.zeros(len(copies), np.int64)
    copies = replace(
        copies,
        at_ms=copies.at_ms - 4_000,
        kind=np.full(len(copies), ERRORED),
        is_metered=none.astype(np.bool_),
        tokens=np.zeros_like(copies.tokens),
        model_pico=none,
    )
    return Events(
        *(
            np.concatenate([getattr(known, f.name), getattr(copies, f.name)])
            for f in fields(Events)
        )
    )


def _in_order(known: Events) -> Events:
    return known.take(np.lexsort((known.kind, known.account, known.at_ms)))


def _charged(known: Events) -> Events:
    """The events with what exceeds a member's included amount of the cycle charged."""
    cycle = cycles()[known.day]
    order = np.lexsort((known.at_ms, cycle, known.account))
    spent = np.where(known.kind == INCLUDED, known.model_pico, 0)[order]
    before = np.cumsum(spent) - spent
    group = known.account[order] * 1000 + cycle[order]
    _, first, places = np.unique(group, return_index=True, return_inverse=True)
    before -= before[first][places.reshape(-1)]
    is_beyond = np.zeros(len(known), np.bool_)
    is_beyond[order] = before >= INCLUDED_PICO
    is_beyond &= (known.kind == INCLUDED) & known.is_metered
    return _charges(replace(known, kind=np.where(is_beyond, ON_DEMAND, known.kind)))


def _charges(known: Events) -> Events:
    """The events with their charge: the model's cost and the fee, both on demand."""
    charged = known.model_pico + known.tokens.sum(axis=1) * FEE_PICO
    on_demand = known.kind == ON_DEMAND
    return replace(known, charged_pico=np.where(on_demand, charged, 0))


@cache
def cycles() -> Integers:
    """For each day of the timeline the number of its billing cycle."""
    days = [timeline.day_at(n) for n in range(timeline.DAYS)]
    return np.cumsum(np.array([day.day == CYCLE_DAY for day in days], np.int64))


def cycle_start(day: date) -> date:
    """The first day of the billing cycle that a day belongs to."""
    if day.day >= CYCLE_DAY:
        return day.replace(day=CYCLE_DAY)
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, CYCLE_DAY)
