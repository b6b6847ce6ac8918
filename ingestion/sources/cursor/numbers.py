"""The vendor's numbers: fractional amounts, instants and ids, each in two spellings."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, Final

from ingestion.decoding import Shape

DAY_MS: Final = 86_400_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = _EPOCH.date()
# Amounts are JSON numbers that the vendor adds up in binary, so that 0.3 may come as
# 0.30000000000000004. What lies beyond twelve decimals is that noise and no money.
_TWELFTH: Final = Decimal("1e-12")
_WIDE: Final = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])


def amounts(values: Iterable[Decimal | None]) -> list[Decimal | None]:
    """The amounts to twelve decimals; null stays null. One that is too large to be
    money is left to the lake, which refuses it."""
    return [None if value is None else _rounded(value) for value in values]


def milliseconds(texts: Sequence[str], shape: Shape[Any], field: str) -> list[int]:
    """Epoch milliseconds that the vendor writes as text; raises SchemaChanged."""
    found: list[int] = []
    for text in texts:
        if not (text.isascii() and text.isdigit()):
            problem = f"{text[:40]!r} is no time in epoch milliseconds."
            raise shape.changed(field, problem)
        found.append(int(text))
    return found


def instants(milliseconds: Iterable[int]) -> list[datetime]:
    """The UTC instants at epoch milliseconds, exact."""
    return [_EPOCH + timedelta(milliseconds=each) for each in milliseconds]


def days(milliseconds: Iterable[int]) -> list[date]:
    """The UTC days of epoch milliseconds."""
    numbers = [each // DAY_MS for each in milliseconds]
    known = {number: _FIRST_DAY + timedelta(days=number) for number in set(numbers)}
    return [known[number] for number in numbers]


def epoch_ms(at: datetime) -> int:
    """Epoch milliseconds of an instant of whole seconds."""
    return int(at.timestamp()) * 1000


def user_id(given: int | str) -> str:
    """A user's id: numeric in older answers, encoded text in newer ones."""
    return str(given)


def _rounded(value: Decimal) -> Decimal:
    try:
        return value.quantize(_TWELFTH, context=_WIDE)
    except InvalidOperation:
        return value
