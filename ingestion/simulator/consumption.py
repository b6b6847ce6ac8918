"""How persons consume: dollars a day, cut into models and token classes."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import prices, timeline, traits
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import MODELS, Integers, Usage

Floats = NDArray[np.float64]
HAIKU = len(MODELS) - 1
# (first day, model code) of each generation; people switch up to three weeks later.
_OPUS = ((date(2025, 1, 1), 1), (date(2026, 2, 10), 2), (date(2026, 6, 2), 3))
SONNET = ((date(2025, 1, 1), 4), (date(2026, 2, 24), 5), (date(2026, 7, 7), 6))
_ACTIVE = {"fluent": 0.95, "under": 0.35, "heavy": 0.97, "balanced": 0.82}
# Share of a row's dollars by token class; coding sessions mostly re-read their cache.
_CODING = (0.6, 4.0, 2.2, 0.8, 2.4)
CHATTING = (3.0, 1.0, 1.0, 0.0, 4.0)
_TOKENS_A_REQUEST = 38_000


@dataclass(frozen=True)
class Key:
    """An API key that a person also uses: its code, and the actor it shows up as."""

    code: int
    principal: int


def person_usage(
    seed: int, person: Person, principal: int, available: Floats, key: Key | None
) -> Usage | None:
    """All usage of one person; None for who never adopted."""
    adopted_on = person.traits.adopted_on
    if adopted_on is None:
        return None
    random = stream(seed, "usage", person.person_id)
    dollars = dollars_a_day(person, available, timeline.index(adopted_on), random)
    days = np.flatnonzero(dollars)
    if not len(days):
        return None
    delay = int(random.integers(0, 21))
    prefers_opus = bool(random.random() < 0.45)
    mains, seconds = (_OPUS, SONNET) if prefers_opus else (SONNET, _OPUS)
    parts = _parts(days, dollars[days], model_codes(mains, days, delay),
                   model_codes(seconds, days, delay), random)  # fmt: skip
    is_coder = person.positions[0].role == "engineer"
    usage = rows(parts, principal, _CODING if is_coder else CHATTING, random)
    size = len(usage)
    product = 1 if is_coder else 2
    products = np.where(random.random(size) < 0.8, product, 3)
    geo = 2 if person.location == "toronto" else 1
    late = (random.random(size) < 0.15) & (person.location == "toronto")
    usage = replace(
        usage,
        # Evening work in Toronto belongs to the next UTC day.
        day=np.minimum(usage.day + late, timeline.DAYS - 1),
        geo=np.full(size, geo),
        product=products,
        workspace=np.where(products == 1, 1, 0),
    )
    return _unique(usage if key is None else _keyed(usage, key, random))


@dataclass(frozen=True)
class Parts:
    """A day's dollars by model and context; columns of equal length."""

    day: Integers
    model: Integers
    dollars: Floats
    context: Integers


def dollars_a_day(
    person: Person, available: Floats, adopted: int, random: np.random.Generator
) -> Floats:
    """Dollars at list price for each day of the timeline."""
    usage_class = person.traits.usage_class
    after = np.arange(timeline.DAYS) >= adopted
    chance = np.where(available > 0, _ACTIVE[usage_class], 0.0)
    if usage_class == "heavy":
        employed = _employed(person)
        chance = np.where((available == 0) & employed, 0.08, chance)
    active = after & (random.random(timeline.DAYS) < chance)
    weights = np.where(active, random.lognormal(0, 0.6, timeline.DAYS), 0.0)
    weights *= np.maximum(available, 0.3)
    dollars = np.zeros(timeline.DAYS)
    for _, first, last in timeline.quarters():
        level = float(random.normal(0, 0.35))
        fte_days = float((available * after)[first:last].sum())
        total = weights[first:last].sum()
        if fte_days and total:
            norm = traits.SPEND_NORM[person.positions[0].role]
            spend = 8 * fte_days * np.exp(norm + person.traits.usage_offset + level)
            dollars[first:last] = weights[first:last] / total * spend
    return dollars


def _employed(person: Person) -> NDArray[np.bool_]:
    held = np.zeros(timeline.DAYS, np.bool_)
    for position in person.positions:
        first = max(0, timeline.index(position.valid_from))
        held[first : timeline.index(position.valid_to or timeline.LAST_DAY) + 1] = True
    return held


def model_codes(
    generations: tuple[tuple[date, int], ...], days: Integers, delay: int
) -> Integers:
    """The model of a family that is in use on each day."""
    starts = [timeline.index(day) + delay for day, _ in generations[1:]]
    codes = np.array([code for _, code in generations])
    return codes[np.searchsorted(np.array(starts), days, side="right")]


def _parts(
    days: Integers,
    dollars: Floats,
    main: Integers,
    second: Integers,
    random: np.random.Generator,
) -> Parts:
    """Each day as one to four rows: main model, second, small helper, long context."""
    draws = random.random((4, len(days)))
    has_second, has_small, is_long = draws[0] < 0.5, draws[1] < 0.75, draws[2] < 0.08
    share_second = np.where(has_second, 0.1 + 0.4 * draws[3], 0.0)
    share_small = np.where(has_small, 0.06, 0.0)
    share_long = np.where(is_long, 0.25, 0.0)
    rest = 1 - share_second - share_small - share_long
    small = np.full(len(days), HAIKU)
    shares = np.concatenate([rest, share_second, share_small, share_long])
    kept = shares > 0
    return Parts(
        np.tile(days, 4)[kept],
        np.concatenate([main, second, small, main])[kept],
        (np.tile(dollars, 4) * shares)[kept],
        np.repeat(np.array([1, 1, 1, 2]), len(days))[kept],
    )


def rows(
    parts: Parts,
    principal: int,
    shares: tuple[float, ...],
    random: np.random.Generator,
) -> Usage:
    """Usage rows whose whole tokens cost about the parts' dollars at list price."""
    size = len(parts.day)
    zeros, ones = np.zeros(size, np.int64), np.ones(size, np.int64)
    usage = Usage(
        parts.day, np.full(size, principal), parts.model, ones, parts.context, ones,
        zeros, zeros, zeros, zeros, zeros, zeros, zeros[:, None],
    )  # fmt: skip
    weights = random.gamma(np.maximum(np.array(shares), 1e-9) * 6, 1, (size, 5))
    weights /= weights.sum(axis=1, keepdims=True)
    bought = parts.dollars[:, None] * weights / usage.unit_prices() * prices.PICO
    tokens = np.floor(bought).astype(np.int64)
    tokens[:, 3] = np.where(np.array(shares)[3] > 0, tokens[:, 3], 0)
    tokens[:, 4] += 1
    requests = 1 + tokens.sum(axis=1) // _TOKENS_A_REQUEST
    searches = np.where(random.random(size) < 0.1, random.integers(1, 6, size), 0)
    return replace(usage, tokens=tokens, requests=requests, searches=searches)


def _keyed(usage: Usage, key: Key, random: np.random.Generator) -> Usage:
    """A fifth of the rows made with the person's own API key."""
    own = random.random(len(usage)) < 0.2
    return replace(
        usage,
        principal=np.where(own, key.principal, usage.principal),
        product=np.where(own, 4, usage.product),
        workspace=np.where(own, 0, usage.workspace),
        api_key=np.where(own, key.code, usage.api_key),
    )


def _unique(usage: Usage) -> Usage:
    """The rows without the few that shifted onto a day that has their like."""
    keys = np.stack([
        usage.day, usage.principal, usage.model, usage.context, usage.product,
        usage.workspace, usage.api_key,
    ], axis=1)  # fmt: skip
    _, first = np.unique(keys, axis=0, return_index=True)
    return usage.take(np.sort(first))
