"""The vendor's usage as it really was and as it comes to light: columns of a report."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Self

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import Floats, model_codes
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.openai.members import actors
from ingestion.simulator.openai.prices import TOKEN_CLASSES, list_prices
from ingestion.simulator.prices import PICO
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

REVISION_DAYS = 7
ENDPOINTS = ("completions", "embeddings", "images", "web_search_calls")
COMPLETIONS, EMBEDDINGS, IMAGES, SEARCHES = range(len(ENDPOINTS))
# Code 0 is the vendor's null.
MODELS = (
    None,
    "gpt-5.1-2025-11-13",
    "gpt-5.4-2026-03-05",
    "gpt-5.6-sol",
    "gpt-5-mini-2025-08-07",
    "text-embedding-3-small",
    "gpt-image-1",
)
ALIASES = {
    "gpt-5.1-2025-11-13": "gpt-5.1",
    "gpt-5.4-2026-03-05": "gpt-5.4",
    "gpt-5-mini-2025-08-07": "gpt-5-mini",
}
_MAIN = ((date(2025, 1, 1), 1), (date(2026, 3, 16), 2), (date(2026, 7, 13), 3))
_MINI, _EMBEDDING, _IMAGE = 4, 5, 6
# Share of a row's dollars by token class.
_CHATTING = (2.5, 1.0, 0.6, 4.0)
_TOKENS_A_REQUEST = 9_000


@dataclass(frozen=True)
class Rows:
    """Columns of equal length: `actor` is a position in `actors`, `tokens` has a column
    per class of `TOKEN_CLASSES`, and `units` counts images and searches."""

    endpoint: Integers
    day: Integers
    actor: Integers
    model: Integers
    batch: Integers
    tokens: Integers
    requests: Integers
    units: Integers

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: object) -> Self:
        """The rows chosen by positions or by a mask."""
        return type(self)(*(getattr(self, f.name)[rows] for f in fields(self)))

    def unit_prices(self) -> Integers:
        """Pico-dollars per token of each row and class; 0 where nothing is priced."""
        kinds = np.stack([self.day, self.model, self.batch], axis=1)
        combinations, places = np.unique(kinds, axis=0, return_inverse=True)
        found = np.array([_unit_prices(*map(int, c)) for c in combinations], np.int64)
        return found.reshape(-1, len(TOKEN_CLASSES))[places.reshape(-1)]


@cache
def whole(company: Company) -> Rows:
    """Everything that will ever be reported, in the order of days; rows that the vendor
    takes back again are marked in `emerging`."""
    everyone = actors(company)
    habits = users(company, "openai")
    parts: list[Rows] = []
    for number, user in enumerate(habits):
        random = stream(company.seed, "openai", user.person.person_id)
        days = np.flatnonzero(user.dollars)
        found = _person(number, days, user.dollars[days], random)
        if number == 1:  # a fifth of the days through the older key
            old = random.random(len(found)) < 0.2
            found = _with(found, actor=np.where(old, len(everyone) - 4, number))
        parts.append(found)
    first = timeline.index(HABITS["openai"].starts_on)
    for name, actor, dollars, chance, since in (
        ("contractor", len(habits), 3.0, 0.4, timeline.index(date(2026, 5, 6))),
        ("product", len(everyone) - 3, 18.0, 1.0, first),
        ("ci", len(everyone) - 2, 6.0, 0.8, first),
        ("nobody", len(everyone) - 1, 1.0, 0.2, first),
    ):
        random = stream(company.seed, "openai", name)
        days = np.arange(since, timeline.DAYS)
        days = days[random.random(len(days)) < chance]
        spent = dollars * random.lognormal(0, 0.4, len(days))
        parts.append(_service(name, actor, days, spent, random))
    return _ordered(parts)


@cache
def emerging(company: Company) -> Emergence:
    """When each row of `whole` shows, grows and, now and then, vanishes."""
    return emergence(company.seed, "openai", whole(company).day, REVISION_DAYS)


def served(company: Company, present: datetime | None) -> Rows:
    """The rows as reported at an instant; None is the end of time."""
    rows = whole(company)
    shown, thousandths = emerging(company).shown(present)
    grown = _with(
        rows,
        tokens=scaled(rows.tokens, thousandths),
        requests=scaled(rows.requests, thousandths),
        units=scaled(rows.units, thousandths),
    )
    is_any = (grown.tokens.sum(axis=1) > 0) | (grown.units > 0)
    return grown.take(shown & is_any)


def _person(
    actor: int, days: Integers, dollars: Floats, random: np.random.Generator
) -> Rows:
    """Each day a main model, on half of the days a small one, and now and then a search
    in the web."""
    mains = model_codes(_MAIN, days, int(random.integers(0, 14)))
    has_small = random.random(len(days)) < 0.5
    searches = random.random(len(days)) < 0.15
    spent = dollars * np.where(has_small, 0.85, 1.0)
    return _joined([
        _completions(actor, days, mains, spent, random),
        _completions(actor, days[has_small], np.full(has_small.sum(), _MINI),
                     dollars[has_small] * 0.15, random),
        _metered(SEARCHES, actor, days[searches], mains[searches],
                 random.integers(1, 9, int(searches.sum()))),
    ])  # fmt: skip


def _service(
    name: str, actor: int, days: Integers, dollars: Floats, random: np.random.Generator
) -> Rows:
    """A service: small models; the product also embeds and paints."""
    small = np.full(len(days), _MINI)
    found = _completions(actor, days, small, dollars, random)
    if name == "ci":
        return _with(found, batch=found.day % 2)
    if name != "product":
        return found
    tokens = np.zeros((len(days), len(TOKEN_CLASSES)), np.int64)
    tokens[:, 0] = random.integers(200_000, 4_000_000, len(days))
    embedded = _rows(EMBEDDINGS, actor, days, np.full(len(days), _EMBEDDING), tokens)
    painted = days[days % 3 == 0]
    images = random.integers(1, 40, len(painted))
    models = np.full(len(painted), _IMAGE)
    return _joined([found, embedded, _metered(IMAGES, actor, painted, models, images)])


def _completions(
    actor: int,
    days: Integers,
    models: Integers,
    dollars: Floats,
    random: np.random.Generator,
) -> Rows:
    """Rows whose whole tokens cost about the dollars at list price."""
    empty = np.zeros((len(days), len(TOKEN_CLASSES)), np.int64)
    found = _rows(COMPLETIONS, actor, days, models, empty)
    tokens = bought(dollars, found.unit_prices(), random)
    return _with(found, tokens=tokens, requests=1 + tokens.sum(1) // _TOKENS_A_REQUEST)


def bought(
    dollars: Floats,
    unit_prices: Integers,
    random: np.random.Generator,
    shares: tuple[float, ...] = _CHATTING,
) -> Integers:
    """Whole tokens by class for the dollars; none of a class that has no price."""
    weights = random.gamma(np.array(shares) * 6, 1, unit_prices.shape)
    weights = np.where(unit_prices > 0, weights, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    each = dollars[:, None] * weights * PICO / np.maximum(unit_prices, 1)
    tokens = np.floor(each).astype(np.int64)
    tokens[:, -1] += 1
    return tokens


def _metered(
    endpoint: int, actor: int, days: Integers, models: Integers, units: Integers
) -> Rows:
    empty = np.zeros((len(days), len(TOKEN_CLASSES)), np.int64)
    return _with(_rows(endpoint, actor, days, models, empty), units=units)


def _rows(
    endpoint: int, actor: int, days: Integers, models: Integers, tokens: Integers
) -> Rows:
    zeros, ones = np.zeros(len(days), np.int64), np.ones(len(days), np.int64)
    return Rows(
        zeros + endpoint, days, zeros + actor, models, zeros, tokens, ones, zeros
    )


def _with(rows: Rows, **columns: Integers) -> Rows:
    held = {f.name: getattr(rows, f.name) for f in fields(rows)}
    return Rows(**{**held, **columns})


def _joined(parts: list[Rows]) -> Rows:
    return Rows(
        *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Rows))
    )


def _ordered(parts: list[Rows]) -> Rows:
    rows = _joined(parts)
    return rows.take(
        np.lexsort((rows.batch, rows.model, rows.actor, rows.endpoint, rows.day))
    )


def _unit_prices(day: int, model: int, is_batch: int) -> tuple[int, ...]:
    name = MODELS[model]
    if name is None or model == _IMAGE:
        return (0,) * len(TOKEN_CLASSES)
    return list_prices(name, timeline.day_at(day), bool(is_batch))
