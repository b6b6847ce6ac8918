"""The price book: public list prices of the bundled `genai-prices`, offline and pinned.

providers → models → contexts, token classes and size bands → one row per price and span
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import cache
from importlib.metadata import version
from itertools import product
from typing import Final, NamedTuple

from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ModelInfo, ModelPrice

from ingestion.sources.prices.spans import (
    Span,
    contexts,
    spans,
    thresholds,
    without_time_of_day,
)

PACKAGE: Final = "genai-prices"
VERSION: Final = version(PACKAGE)
# Prices per million tokens. Classes that are not listed stay unpriced: the package
# would charge them like a class that contains them, which is a guess.
TOKEN_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "input_mtok": ("input_uncached",),
    "cache_read_mtok": ("cache_read",),
    "cache_write_mtok": ("cache_write_5m", "cache_write_unspecified"),
    "cache_write_1h_mtok": ("cache_write_1h",),
    "output_mtok": ("output",),
}
SERVICE_TIERS: Final[Mapping[tuple[tuple[str, str], ...], str]] = {
    (): "standard",
    (("processing", "batch"),): "batch",
    (("service_tier", "flex"),): "flex",
    (("service_tier", "priority"),): "priority",
    (("service_tier", "fast"),): "fast",
    (("speed", "fast"),): "fast",
}
# The catalogue's prices hold wherever a request is served.
REGION: Final = "any"
_PICO: Final = Decimal("1e-12")
_EXACT: Final = Context(prec=18, traps=[Inexact, InvalidOperation])


class Price(NamedTuple):
    """One row of `prices/list_prices`."""

    vendor: str
    model: str
    token_class: str
    service_tier: str
    context_band: str
    region: str
    usd_per_token: Decimal
    price_source: str
    source_version: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class PriceBook:
    """All prices, and what of the catalogue was left out, counted by kind."""

    prices: tuple[Price, ...]
    skipped: Mapping[str, int]


@cache
def price_book() -> PriceBook:
    """The book of every provider of the bundled catalogue."""
    skipped: Counter[str] = Counter()
    prices = [
        price
        for provider in get_snapshot().providers
        for model in provider.models
        for price in _model_prices(provider.id, model, skipped)
    ]
    return PriceBook(tuple(prices), dict(+skipped))


def _model_prices(
    vendor: str, model: ModelInfo, skipped: Counter[str]
) -> Iterator[Price]:
    all_day = without_time_of_day(model)
    skipped["time of day"] += _count(model) - _count(all_day)
    skipped.update(_unread_keys(model))
    if not _count(all_day):
        return
    bands = [None, *thresholds(all_day, TOKEN_CLASSES)]
    for context in contexts(all_day):
        tier = SERVICE_TIERS.get(tuple(context.items()))
        if tier is None:
            skipped[", ".join(f"{key}={value}" for key, value in context.items())] += 1
            continue
        for key, band in product(TOKEN_CLASSES, bands):
            for span in spans(all_day, context, key, band):
                usd = _usd_per_token(span.price)
                if usd is None:
                    skipped["not exact in 12 decimals"] += 1
                    continue
                for name in TOKEN_CLASSES[key]:
                    place = (vendor, model.id, name, tier, _band(band))
                    yield _row(place, usd, span)


def _row(place: tuple[str, str, str, str, str], usd: Decimal, span: Span) -> Price:
    source = PACKAGE
    if span.carried_from is not None:
        source = f"{PACKAGE}, carried back from {span.carried_from}"
    return Price(*place, REGION, usd, source, VERSION, span.valid_from, span.valid_to)


def _usd_per_token(usd_per_million: Decimal) -> Decimal | None:
    """The price as DECIMAL(18,12); None if that would round it."""
    try:
        return usd_per_million.scaleb(-6).quantize(_PICO, context=_EXACT)
    except Inexact:
        return None


def _band(threshold: int | None) -> str:
    return "base" if threshold is None else f">{threshold}"


def _count(model: ModelInfo) -> int:
    return 1 if isinstance(model.prices, ModelPrice) else len(model.prices)


def _unread_keys(model: ModelInfo) -> Iterator[str]:
    """The price fields that are set and are no token class of ours."""
    if isinstance(model.prices, ModelPrice):
        held = [model.prices]
    else:
        held = [price.prices for price in model.prices]
    for prices in held:
        named = ((key, price) for key, price in vars(prices).items() if price)
        yield from (key for key, _ in named if key not in TOKEN_CLASSES)
