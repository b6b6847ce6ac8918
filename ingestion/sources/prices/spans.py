"""Prices of one model over time, as the catalogue itself resolves them.

The package's own `ModelInfo.get_prices` is asked once per date on which anything of
the model changes, so the book cannot differ from what the package would charge.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Final

from genai_prices.types import (
    ModelInfo,
    ModelPrice,
    PriceVariant,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

BEGINNING: Final = date(1970, 1, 1)
Context = Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """One price over half-open days. `carried_from` is the date from which the
    catalogue knows a price of this kind, where the span lies before it."""

    price: Decimal  # US dollars per the catalogue's own unit
    valid_from: date
    valid_to: date | None
    carried_from: date | None


def without_time_of_day(model: ModelInfo) -> ModelInfo:
    """The model without prices that hold for some hours only: usage comes by day."""
    if isinstance(model.prices, ModelPrice):
        return model
    all_day = [
        price
        for price in model.prices
        if not isinstance(price.constraint, TimeOfDateConstraint)
    ]
    return replace(model, prices=all_day)


def contexts(model: ModelInfo) -> list[Context]:
    """The ways of asking that have prices of their own, the plain one first."""
    found: list[Context] = [{}]
    for variant in model.price_variants or ():
        if variant.when not in found:
            found.append(variant.when)
    return found


def thresholds(model: ModelInfo, price_keys: Iterable[str]) -> list[int]:
    """Input sizes of a request above which any of the keys costs something else."""
    dated = [prices for _, prices in _dated(model)]
    varied = [variant.prices for variant in model.price_variants or ()]
    found = [getattr(prices, key) for prices in (*dated, *varied) for key in price_keys]
    tiered = [price for price in found if isinstance(price, TieredPrices)]
    return sorted({tier.start for price in tiered for tier in price.tiers})


def spans(
    model: ModelInfo, context: Context, price_key: str, threshold: int | None
) -> Iterator[Span]:
    """The prices of a key for requests above a threshold of input tokens (None: below
    all of them), in order and without overlap."""
    variants = [v for v in model.price_variants or () if v.when == context]
    known_from = _known_from(variants)
    resolving = replace(model, price_variants=_carried_back(variants, known_from))
    starts = _starts(model, variants)
    pieces = [
        (
            _at(resolving.get_prices(_midnight(start), context), price_key, threshold),
            known_from if known_from and start < known_from else None,
            start,
            end,
        )
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    for (price, carried_from), same in groupby(pieces, key=lambda piece: piece[:2]):
        run = list(same)
        if price is not None:
            yield Span(price, run[0][2], run[-1][3], carried_from)


def _known_from(variants: Iterable[PriceVariant]) -> date | None:
    """The first date of a context's prices; None if they have none."""
    starts = [_start(variant) for variant in variants]
    return None if not starts or None in starts else min(filter(None, starts))


def _carried_back(
    variants: Iterable[PriceVariant], known_from: date | None
) -> list[PriceVariant]:
    """The variants with the first of them in force from the beginning, as first prices
    are; the catalogue would charge earlier batches like any other request."""
    return [
        replace(variant, constraint=None) if _start(variant) == known_from else variant
        for variant in variants
    ]


def _starts(model: ModelInfo, variants: Iterable[PriceVariant]) -> list[date]:
    """All days on which a price of the model may change, the beginning first."""
    found = [start for start, _ in _dated(model)] + [_start(v) for v in variants]
    return sorted({BEGINNING, *filter(None, found)})


def _dated(model: ModelInfo) -> list[tuple[date | None, ModelPrice]]:
    if isinstance(model.prices, ModelPrice):
        return [(None, model.prices)]
    return [(_start(price), price.prices) for price in model.prices]


def _start(part: object) -> date | None:
    constraint = getattr(part, "constraint", None)
    if isinstance(constraint, StartDateConstraint):
        return constraint.start_date
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _at(prices: ModelPrice, price_key: str, threshold: int | None) -> Decimal | None:
    """The price of a request just above the threshold; None if there is none."""
    price: Decimal | TieredPrices | None = getattr(prices, price_key)
    if not isinstance(price, TieredPrices):
        return price
    passed = [t for t in price.tiers if threshold is not None and t.start <= threshold]
    return passed[-1].price if passed else price.base
