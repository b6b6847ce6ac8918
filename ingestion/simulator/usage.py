"""AI usage as it really was: one row a day, actor, model, pricing and key."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import prices, timeline

Integers = NDArray[np.int64]
# Code 0 of each dimension is the vendor's null.
MODELS = (
    None,
    "claude-opus-4-5",
    "claude-opus-4-6",
    "claude-opus-4-8",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-haiku-4-5-20251001",
)
TIERS = (None, "standard", "batch")
CONTEXTS = (None, "0-200k", "200k-1M")
GEOS = (None, "global", "us")
PRODUCTS = (
    None,
    "claude_code",
    "chat",
    "cowork",
    "messages_api",
    "message_batches_api",
)
# The dated name is the vendor's spelling of the canonical model.
MODEL_ALIASES = {"claude-haiku-4-5-20251001": "claude-haiku-4-5"}


@dataclass(frozen=True)
class Usage:
    """Columns of equal length. `day` counts from the timeline's first day.

    `principal` is a position in the company's principals; `api_key` and `workspace`
    are positions plus one, 0 for none. `tokens` has a column per token class. `spans`
    counts code executions, which the vendor shows in its cost report only.
    """

    day: Integers
    principal: Integers
    model: Integers
    tier: Integers
    context: Integers
    geo: Integers
    product: Integers
    workspace: Integers
    api_key: Integers
    requests: Integers
    searches: Integers
    spans: Integers
    tokens: Integers

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: Integers | NDArray[np.bool_]) -> "Usage":
        """The rows chosen by positions or by a mask."""
        return Usage(*(getattr(self, f.name)[rows] for f in fields(self)))

    def unit_prices(self) -> Integers:
        """Pico-dollars per token of each row and class; 0 where nothing is priced."""
        keys = np.stack([self.day, self.model, self.tier, self.context], axis=1)
        combinations, places = np.unique(keys, axis=0, return_inverse=True)
        found = np.array([_unit_prices(*map(int, c)) for c in combinations], np.int64)
        return found.reshape(-1, len(prices.TOKEN_CLASSES))[places.reshape(-1)]


def joined(parts: list[Usage]) -> Usage:
    """Rows of all parts, ordered by day and then by everything else."""
    columns = [
        np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Usage)
    ]
    order = np.lexsort(tuple(reversed(columns[:-1])))
    return Usage(*(column[order] for column in columns))


def _unit_prices(day: int, model: int, tier: int, context: int) -> tuple[int, ...]:
    name = MODELS[model]
    if name is None:
        return (0,) * len(prices.TOKEN_CLASSES)
    return prices.list_prices(
        name, timeline.day_at(day), TIERS[tier] or "", CONTEXTS[context] or ""
    )
