"""Models under Cursor's own names, and what their tokens cost on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache

import numpy as np
from genai_prices.data import providers
from genai_prices.types import TieredPrices

from ingestion.simulator import timeline
from ingestion.simulator.prices import PICO
from ingestion.simulator.usage import Integers

# The order of all token columns of this vendor.
TOKEN_CLASSES = ("input_uncached", "output", "cache_write_unspecified", "cache_read")
_FIELDS = ("input_mtok", "output_mtok", "cache_write_mtok", "cache_read_mtok")


@dataclass(frozen=True)
class Model:
    """A model as Cursor names it, and as the price book does; `canonical` None is a
    model that the book does not know, at Cursor's `own` dollars per million tokens."""

    name: str
    provider: str
    canonical: str | None
    own: tuple[str, str, str, str] | None = None


MODELS = (
    Model("claude-4.5-sonnet", "anthropic", "claude-sonnet-4-5"),
    Model("claude-4.6-sonnet", "anthropic", "claude-sonnet-4-6"),
    Model("claude-5-sonnet", "anthropic", "claude-sonnet-5"),
    Model("gpt-5.2", "openai", "gpt-5.2"),
    Model("gpt-5.4-high", "openai", "gpt-5.4"),
    Model("gemini-3.1-pro", "google", "gemini-3.1-pro-preview"),
    Model("composer-2", "cursor", None, ("0.5", "2.5", "0.5", "0.2")),
    Model("composer-2.5", "cursor", "composer-2.5"),
    Model("auto", "cursor", None, ("1.25", "6", "1.25", "0.25")),
)
AUTO = len(MODELS) - 1
# (first day, model) of each generation; people switch up to three weeks later.
FAMILIES = (
    ((date(2025, 1, 1), 0), (date(2026, 2, 24), 1), (date(2026, 7, 7), 2)),
    ((date(2025, 1, 1), 3), (date(2026, 4, 7), 4)),
    ((date(2025, 1, 1), 6), (date(2026, 10, 6), 7)),
    ((date(2025, 1, 1), 5),),
    ((date(2025, 1, 1), AUTO),),
)
# Models of other vendors, which a member's own key can pay for.
IS_FOREIGN = np.array([model.provider != "cursor" for model in MODELS])
IS_IN_BOOK = np.array([model.canonical is not None for model in MODELS])


def aliases() -> dict[str, dict[str, str]]:
    """Provider in the price book → Cursor's name → canonical model."""
    found: dict[str, dict[str, str]] = {}
    for model in MODELS:
        if model.canonical not in (None, model.name):
            found.setdefault(model.provider, {})[model.name] = model.canonical or ""
    return found


def unit_prices(model: Integers, day: Integers) -> Integers:
    """Pico-dollars per token of each row and class; 0 where a class has no price."""
    pairs = np.stack([model, day], axis=1)
    combinations, places = np.unique(pairs, axis=0, return_inverse=True)
    found = [_prices(int(code), timeline.day_at(int(at))) for code, at in combinations]
    table = np.array(found, np.int64).reshape(-1, len(TOKEN_CLASSES))
    return table[places.reshape(-1)]


@cache
def _prices(code: int, day: date) -> tuple[int, ...]:
    model = MODELS[code]
    if model.own is not None:
        return tuple(int(Decimal(price) * PICO / 1_000_000) for price in model.own)
    provider = next(p for p in providers if p.id == model.provider)
    info = next(m for m in provider.models if m.id == model.canonical)
    prices = info.get_prices(datetime.combine(day, time(), UTC))
    return tuple(_pico(getattr(prices, field)) for field in _FIELDS)


def _pico(price: Decimal | TieredPrices | None) -> int:
    """Per token; of prices by size of the request the lowest, since no size is told."""
    if price is None:
        return 0
    base = price.base if isinstance(price, TieredPrices) else price
    return int(base * PICO / 1_000_000)
