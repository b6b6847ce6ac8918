"""The vendor's amounts: decimal text in US cents, kept exact."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Final

from ingestion.errors import SchemaChanged

_DECIMAL: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_PICO: Final = Decimal("1e-12")
_EXACT: Final = Context(prec=38, traps=[Inexact, InvalidOperation])


def cents(amounts: Iterable[str], table_path: str, field: str) -> list[Decimal]:
    """The amounts as DECIMAL(38,12); raises SchemaChanged if one does not fit exactly,
    since a rounded amount would no longer add up to the vendor's total."""
    return [_exact(amount, table_path, field) for amount in amounts]


def _exact(amount: str, table_path: str, field: str) -> Decimal:
    try:
        if _DECIMAL.fullmatch(amount):
            return Decimal(amount).quantize(_PICO, context=_EXACT)
        raise InvalidOperation
    except (Inexact, InvalidOperation):
        raise SchemaChanged(
            table_path,
            f"{amount[:60]!r} is no decimal amount of at most 12 decimals.",
            field=field,
            fix="report the amount: the vendor changed how it writes money; this table "
            "waits and the others go on.",
        ) from None
