"""Amounts that vendors send as JSON numbers, as decimals of the lake's columns.

Such numbers are written from binary fractions: what a vendor means by
0.07999999999999999 is 0.08, so what lies beyond the column's places is noise.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

from ingestion.decoding import Shape


def amounts(
    values: Iterable[Decimal | None],
    shape: Shape[Any],
    field: str,
    *,
    digits: int = 38,
    places: int = 12,
) -> list[Decimal | None]:
    """A column of `amount`s; null stays null."""
    return [
        None
        if value is None
        else amount(value, shape, field, digits=digits, places=places)
        for value in values
    ]


def amount(
    value: Decimal,
    shape: Shape[Any],
    field: str,
    *,
    digits: int = 38,
    places: int = 12,
) -> Decimal:
    """The value as DECIMAL(digits, places), rounded half to even; raises SchemaChanged
    naming the field for one that is no number or too large."""
    wide = Context(prec=digits, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])
    try:
        if not value.is_finite():
            raise InvalidOperation
        return value.quantize(Decimal(1).scaleb(-places), context=wide)
    except InvalidOperation:
        problem = (
            f"{str(value)[:60]!r} is no amount of at most {digits - places} digits "
            "before the dot."
        )
        raise shape.changed(field, problem) from None
