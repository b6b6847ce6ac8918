"""Dollars as the vendor sends them: the decimal digits of binary fractions."""

from decimal import Context, Decimal, InvalidOperation
from typing import Final

_TWELVE: Final = Decimal("1e-12")
_WIDE: Final = Context(prec=38, traps=[InvalidOperation])


def exact(number: Decimal) -> Decimal:
    """The number to twelve decimals: below them lies the noise of binary fractions.

    Raises InvalidOperation for what is no amount of money.
    """
    return number.quantize(_TWELVE, context=_WIDE)
