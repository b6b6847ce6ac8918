"""GitHub's quantities and amounts: JSON numbers, read as decimals."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, Final

from ingestion.decoding import Shape

_PICO: Final = Decimal("1e-12")
_WIDE: Final = Context(prec=38, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])


def decimals(
    values: Iterable[Decimal | None], shape: Shape[Any], field: str
) -> list[Decimal | None]:
    """The values as DECIMAL(38,12); raises SchemaChanged for one too large.

    They are rounded, since GitHub computes in binary fractions: what it means by
    0.07999999999999999 is 0.08.
    """
    return [None if v is None else decimal(v, shape, field) for v in values]


def decimal(value: Decimal, shape: Shape[Any], field: str) -> Decimal:
    """One value; see `decimals`."""
    try:
        return value.quantize(_PICO, context=_WIDE)
    except InvalidOperation:
        raise shape.changed(field, f"{str(value)[:40]} is too large.") from None
