"""What the account used as it really was, and as it comes to light."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import Emergence, emergence, scaled
from ingestion.simulator.habits import HABITS, users
from ingestion.simulator.people import Person
from ingestion.simulator.provider_prices import PICO, pico_prices
from ingestion.simulator.randomness import stream
from ingestion.simulator.usage import Integers

# They open nothing but this simulator. The second is a key for calls of models.
KEY: Final = "openrouter-management-key-demo"
CALLS_KEY: Final = "openrouter-calls-key-demo"
STARTS_ON: Final = date(2027, 1, 7)
HORIZON_DAYS: Final = 30
REVISION_DAYS: Final = 3
PER_MINUTE: Final = 600
# A hundred at the vendor; fewer here, so that a small company has several pages.
KEYS_A_PAGE: Final = 4
DELETED_ON: Final = date(2027, 1, 20)
CLASSES: Final = ("input_uncached", "cache_read", "output")
_PRICES: Final = ("input_mtok", "cache_read_mtok", "output_mtok")
# (model, dated name, provider). The last one is in no price book.
MODELS: Final = (
    (
        "anthropic/claude-sonnet-4.5",
        "anthropic/claude-4.5-sonnet-20250929",
        "Anthropic",
    ),
    ("openai/gpt-5.2", "openai/gpt-5.2-20251211", "OpenAI"),
    ("qwen/qwen3-coder-next", "qwen/qwen3-coder-next-2025-02-03", "Alibaba"),
    ("openrouter/preview", "openrouter/preview", "Stealth"),
)
PREVIEW: Final = len(MODELS) - 1
PREVIEW_PICO: Final = (500_000, 50_000, 2_000_000)
# OpenRouter's fee for calls with a key of one's own at Anthropic.
FEE_PERCENT: Final = 5


@dataclass(frozen=True)
class Account:
    """A key; `attribution` is whom its usage belongs to in truth."""

    name: str
    key_hash: str
    attribution: str
    person: Person | None = None
    has_own_key: bool = False

    def is_listed(self, at: datetime | None) -> bool:
        """Whether the key still exists at an instant."""
        if self.name != "prototype":
            return True
        return at is not None and at.date() < DELETED_ON


@dataclass(frozen=True)
class Report:
    """Columns of equal length in the order of day, account and model; `tokens` and
    `prices`, in pico-dollars a token, have a column per class."""

    accounts: tuple[Account, ...]
    day: Integers
    account: Integers
    model: Integers
    tokens: Integers
    prices: Integers
    emergence: Emergence

    def shown(self, at: datetime | None) -> "Shown":
        """The rows as reported at an instant; whole at the end of time."""
        is_shown, thousandths = self.emergence.shown(at)
        rows = np.flatnonzero(is_shown)
        tokens = scaled(self.tokens[rows], thousandths[rows])
        pico = tokens * self.prices[rows]
        owns = np.array([account.has_own_key for account in self.accounts])
        is_own = owns[self.account[rows]] & (self.model[rows] == 0)
        return Shown(
            self.day[rows], self.account[rows], self.model[rows], tokens, pico,
            is_own & (pico.sum(axis=1) > 0),
        )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """Rows as reported. `is_own` are calls with a key of one's own at the provider."""

    day: Integers
    account: Integers
    model: Integers
    tokens: Integers
    pico: Integers
    is_own: NDArray[np.bool_]

    @property
    def charged(self) -> Integers:
        """What OpenRouter charges for each row, pico-dollars."""
        whole = self.pico.sum(axis=1)
        return np.where(self.is_own, whole * FEE_PERCENT // 100, whole)

    @property
    def byok(self) -> Integers:
        """What the provider charges for each row, pico-dollars."""
        return np.where(self.is_own, self.pico.sum(axis=1), 0)

    @property
    def requests(self) -> Integers:
        """Requests of each row."""
        return 1 + self.tokens.sum(axis=1) // 20_000

    def within(self, first: date, last: date) -> "Shown":
        """The rows of the days from `first` to `last`."""
        low, high = timeline.index(first), timeline.index(last)
        kept = (self.day >= low) & (self.day <= high)
        return Shown(*(column[kept] for column in vars(self).values()))


@cache
def report(company: Company) -> Report:
    """Everything that will ever be reported."""
    habits = users(company, "openrouter")
    accounts = [
        Account(
            f"own-{user.person.person_id.lower()}",
            key_hash(company, user.person.person_id),
            "person",
            user.person,
            has_own_key=number == 0,
        )
        for number, user in enumerate(habits)
    ]
    accounts += [
        Account("summaries", key_hash(company, "summaries"), "service"),
        Account("try-out", key_hash(company, "try-out"), "unattributed"),
        Account("prototype", key_hash(company, "prototype"), "unattributed"),
    ]
    random = stream(company.seed, "openrouter")
    days = np.arange(timeline.DAYS)
    first = timeline.index(HABITS["openrouter"].starts_on)
    spent = [user.dollars for user in habits]
    for dollars, until in ((2.0, None), (0.6, None), (0.9, DELETED_ON)):
        after = timeline.DAYS if until is None else timeline.index(until)
        is_used = (days >= first) & (days < after) & (random.random(len(days)) < 0.9)
        amounts = dollars * random.lognormal(0, 0.4, len(days))
        spent.append(np.where(is_used, amounts, 0.0))
    whole = np.stack(spent)
    account, day = np.nonzero(whole)
    model = random.choice(len(MODELS), len(day), p=[0.4, 0.3, 0.2, 0.1])
    has_second = random.random(len(day)) < 0.3
    second = np.flatnonzero(has_second)
    origin = np.concatenate([np.arange(len(day)), second])
    share = np.concatenate([np.where(has_second, 0.7, 1.0), np.full(len(second), 0.3)])
    models = np.concatenate([model, (model[second] + 1) % len(MODELS)])
    order = np.lexsort((models, account[origin], day[origin]))
    origin, share, models = origin[order], share[order], models[order]
    dollars = whole[account, day][origin] * share
    prices = _prices(day[origin], models)
    weights = random.gamma([12.0, 6.0, 15.0], 1, prices.shape)
    weights /= weights.sum(axis=1, keepdims=True)
    tokens = np.floor(dollars[:, None] * weights * PICO / prices).astype(np.int64)
    tokens[:, -1] += 1
    return Report(
        tuple(accounts),
        day[origin],
        account[origin],
        models,
        tokens,
        prices,
        # Taken back on the last day that is read again.
        replace(
            emergence(company.seed, "openrouter", day[origin], REVISION_DAYS),
            vanishes_after=REVISION_DAYS,
        ),
    )


def _prices(day: Integers, model: Integers) -> Integers:
    """Pico-dollars per token of each row and class."""
    pairs = np.stack([model, day], axis=1)
    combinations, places = np.unique(pairs, axis=0, return_inverse=True)
    found = [
        PREVIEW_PICO
        if code == PREVIEW
        else pico_prices("openrouter", MODELS[code][0], timeline.day_at(at), _PRICES)
        for code, at in combinations.tolist()
    ]
    return np.array(found, np.int64)[places.reshape(-1)]


def key_hash(company: Company, name: str) -> str:
    """The name OpenRouter gives a key, as in its reports."""
    return sha256(f"openrouter/{company.seed}/{name}".encode()).hexdigest()
