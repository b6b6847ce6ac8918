"""The vendor's public list prices, in whole pico-dollars (10^-12 USD) per token."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache

from genai_prices.data import providers
from genai_prices.types import ModelInfo, TieredPrices

from ingestion.simulator.prices import PICO

# The classes are disjoint; the vendor's `input_tokens` are the first three together.
TOKEN_CLASSES = ("input_uncached", "cache_read", "cache_write_unspecified", "output")
_FIELDS = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")


@cache
def list_prices(model: str, day: date, is_batch: bool) -> tuple[int, ...]:
    """Pico-dollars per token of each class on a UTC day, below every threshold of
    context; 0 for a class that the model does not have.

    The first batch prices of the catalogue hold for all days before them, too.
    """
    info = _model(model)
    context = {"processing": "batch"} if is_batch else {}
    variants = [
        replace(variant, constraint=None)
        for variant in info.price_variants or []
        if is_batch and variant.when == context
    ]
    resolving = replace(info, price_variants=variants)
    at = datetime.combine(day, time.min, UTC)
    prices = resolving.get_prices(at, context)
    found: list[int] = []
    for field in _FIELDS:
        price = getattr(prices, field)
        base = price.base if isinstance(price, TieredPrices) else price
        found.append(0 if base is None else int(base * PICO / 1_000_000))
    return tuple(found)


@cache
def _model(model: str) -> ModelInfo:
    known = next(p for p in providers if p.id == "openai").models
    return next(info for info in known if info.match.is_match(model))
