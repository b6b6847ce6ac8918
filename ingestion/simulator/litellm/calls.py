"""Calls of the proxy as they really were, and as they are logged."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.people import Person
from ingestion.simulator.provider_prices import PICO, pico_prices
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers
from ingestion.window import Window

# They open nothing but this simulator. The second may list users and keys only.
KEY: Final = "sk-litellm-demo-master-key"
VIEWER_KEY: Final = "sk-litellm-demo-viewer-key"
# (model, provider of the proxy, provider in the price book, whether it counts here)
MODELS: Final = (
    ("gemini-2.5-flash", "vertex_ai", "google", True),
    ("gemini-2.5-pro", "vertex_ai", "google", True),
    ("claude-sonnet-4-6", "anthropic", "anthropic", False),
)
CLASSES: Final = ("input_uncached", "cache_read", "cache_write_unspecified", "output")
_FIELDS: Final = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")
_VISITOR: Final = "visiting-analyst"
POOL: Final = "reports"


@dataclass(frozen=True)
class Caller:
    """Who calls: a person's user, a user nobody knows, or a key without a user."""

    user_id: str | None
    api_key: str
    attribution: str
    person: Person | None = None

    @property
    def principal(self) -> tuple[str, str]:
        """Kind and id under which usage is reported."""
        if self.user_id is None:
            return "api_key", self.api_key
        return "user", self.user_id


@dataclass(frozen=True)
class Calls:
    """Columns of equal length, a row a call; `tokens` has a column per class."""

    callers: tuple[Caller, ...]
    day: Integers
    caller: Integers
    model: Integers
    tokens: Integers
    pico: Integers
    second: Integers
    emergence: Emergence

    def shown(self, at: datetime | None) -> NDArray[np.bool_]:
        """The calls that are logged at an instant: late ones come whole."""
        is_shown, thousandths = self.emergence.shown(at)
        return is_shown & (thousandths == 1000) & ~self.emergence.is_phantom

    def within(self, at: datetime | None, window: Window) -> Integers:
        """Places of the calls of some days that are logged at an instant."""
        first, last = timeline.index(window.first), timeline.index(window.last)
        is_within = (self.day >= first) & (self.day <= last)
        return np.flatnonzero(self.shown(at) & is_within)


@cache
def calls(company: Company) -> Calls:
    """Every call, in the order of days and callers."""
    habits = users(company, "litellm")
    callers = [
        Caller(
            f"{user.person.person_id.lower()}@proxy",
            key_hash(user.person.person_id),
            "person",
            user.person,
        )
        for user in habits
    ]
    callers += [
        Caller(_VISITOR, key_hash(_VISITOR), "unattributed"),
        Caller(None, key_hash(POOL), "service"),
    ]
    span = np.arange(timeline.index(HABITS["litellm"].starts_on), timeline.DAYS)
    parts = [(np.flatnonzero(user.dollars), user.dollars) for user in habits]
    random = stream(company.seed, "litellm")
    for dollars, chance in ((0.7, 0.3), (3.0, 0.9)):
        days = span[random.random(len(span)) < chance]
        spread = np.zeros(timeline.DAYS)
        spread[days] = dollars * random.lognormal(0, 0.4, len(days))
        parts.append((days, spread))
    day = np.concatenate([days for days, _ in parts])
    spent = np.concatenate([dollars[days] for days, dollars in parts])
    caller = np.repeat(np.arange(len(parts)), [len(days) for days, _ in parts])
    order = np.lexsort((caller, day))
    day, caller, spent = day[order], caller[order], spent[order]
    model = random.choice(len(MODELS), len(day), p=[0.6, 0.3, 0.1])
    prices = _prices(day, model)
    weights = random.gamma([4.0, 2.0, 0.6, 5.0], 1, (len(day), len(CLASSES)))
    weights = np.where(prices > 0, weights, 0)
    weights /= weights.sum(axis=1, keepdims=True)
    bought = spent[:, None] * weights * PICO / np.maximum(prices, 1)
    tokens = np.floor(bought).astype(np.int64)
    tokens[:, 3] += 1
    return Calls(
        tuple(callers),
        day,
        caller,
        model,
        tokens,
        tokens * prices,
        random.integers(7 * 3600, 19 * 3600, len(day)),
        emergence(company.seed, "litellm", day, 2),
    )


def _prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token of each call and class; 0 where a model has no class."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for key in set(zip(day.tolist(), model.tolist(), strict=True)):
        name, _, provider, has_writes = MODELS[key[1]]
        fields = tuple(f for f in _FIELDS if f != "cache_write_mtok" or not has_writes)
        priced = pico_prices(provider, name, timeline.day_at(key[0]), fields)
        by_field = dict(zip(fields, priced, strict=True))
        found[key] = tuple(by_field.get(field, 0) for field in _FIELDS)
    rows = [found[key] for key in zip(day.tolist(), model.tolist(), strict=True)]
    return np.array(rows, np.int64)


def key_hash(name: str) -> str:
    """The name the proxy gives a key, as in its logs."""
    return sha256(f"litellm/{name}".encode()).hexdigest()
