"""The vendor's public list prices, in whole pico-dollars (10^-12 USD) per token."""

from datetime import date
from decimal import Decimal
from functools import cache

from genai_prices.data import providers
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    StartDateConstraint,
    TieredPrices,
)

TOKEN_CLASSES = (
    "input_uncached",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "output",
)
# The price fields of the catalogue, in the order of the token classes.
_FIELDS = (
    "input_mtok",
    "cache_read_mtok",
    "cache_write_mtok",
    "cache_write_1h_mtok",
    "output_mtok",
)
PICO = 10**12
# No catalogue lists it: one container hour at the vendor's published five cents.
CODE_EXECUTION_PICO = 5 * PICO // 100
WEB_SEARCH_PICO = 10 * PICO // 1000


@cache
def list_prices(model: str, day: date, tier: str, context: str) -> tuple[int, ...]:
    """Pico-dollars per token of each class, as in force on a UTC day."""
    info = _model(model)
    prices = _in_force(info, day)
    if tier == "batch":
        prices = next(
            variant.prices
            for variant in info.price_variants or []
            if variant.when == {"processing": "batch"}
        )
    return tuple(_pico(getattr(prices, field), context) for field in _FIELDS)


@cache
def _model(model: str) -> ModelInfo:
    known = next(p for p in providers if p.id == "anthropic").models
    return max(
        (m for m in known if model.startswith(m.id)), key=lambda found: len(found.id)
    )


def _in_force(info: ModelInfo, day: date) -> ModelPrice:
    """The last price whose start has come."""
    if isinstance(info.prices, ModelPrice):
        return info.prices
    return [price.prices for price in info.prices if _has_started(price, day)][-1]


def _has_started(price: ConditionalPrice, day: date) -> bool:
    constraint = price.constraint
    if constraint is None:
        return True
    return isinstance(constraint, StartDateConstraint) and constraint.start_date <= day


def _pico(price: Decimal | TieredPrices | None, context: str) -> int:
    if price is None:
        raise ValueError("the catalogue lacks a price the simulated company uses")
    if isinstance(price, TieredPrices):
        is_long = context == "200k-1M"
        price = price.tiers[-1].price if is_long and price.tiers else price.base
    # Per million tokens in the catalogue.
    return int(price * PICO / 1_000_000)
