"""AI credits in GitHub's billing: one aggregate per question, never a row per user."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec import Struct

from ingestion.amount import amount
from ingestion.decoding import Shape
from ingestion.errors import MissingPermission
from ingestion.sources.copilot.connection import (
    BILLING_FIX,
    Connection,
    is_not_found,
)


class Item(Struct, rename="camel"):
    """One line: a product, SKU and model."""

    product: str
    sku: str
    unit_type: str
    price_per_unit: Decimal
    gross_quantity: Decimal
    gross_amount: Decimal
    discount_quantity: Decimal
    discount_amount: Decimal
    net_quantity: Decimal
    net_amount: Decimal
    model: str | None = None


class Bill(Struct, rename="camel"):
    """What was used in the time and by the user asked about."""

    usage_items: list[Item]


class Line(NamedTuple):
    """What makes two lines the same."""

    product: str
    sku: str
    model: str | None
    unit_type: str
    price_per_unit: Decimal


class Amounts(NamedTuple):
    """Units and US dollars of a line."""

    gross_quantity: Decimal
    discount_quantity: Decimal
    net_quantity: Decimal
    gross_amount: Decimal
    discount_amount: Decimal
    net_amount: Decimal


Lines = dict[Line, Amounts]
# Known and deliberately not read: the question repeated.
UNREAD: Final = frozenset(
    {"timePeriod", "organization", "enterprise", "user", "product", "model"}
    | {"costCenter"}
)
BILL: Final = Shape(Bill, "copilot/credit_usage")
_NONE: Final = Amounts(*[Decimal(0)] * len(Amounts._fields))
# Of a sum of rounded numbers; a hundredth of a credit is a hundredth of a cent.
_ROUNDING: Final = Decimal("0.005")


def bill(at: Connection, day: date, login: str | None = None) -> tuple[Lines, bytes]:
    """A day's lines and the body they came in, of one user or of all.

    A login that GitHub does not know has no lines and no body. All parts of the day are
    named: what is left out means the current year or month.
    """
    asked = [("year", day.year), ("month", day.month), ("day", day.day)]
    params = [(name, str(number)) for name, number in asked]
    if login is not None:
        params.append(("user", login))
    try:
        body = at.get(at.account.credits, params, BILLING_FIX).body
    except MissingPermission as error:
        if login is None or not is_not_found(error):
            raise
        return {}, b""
    return summed(_lines(BILL.read(body).usage_items)), body


def summed(lines: Iterable[tuple[Line, Amounts]]) -> Lines:
    """The lines with one entry each, its amounts added exactly."""
    found: Lines = {}
    for line, amounts in lines:
        found[line] = _added(found.get(line, _NONE), amounts, 1)
    return found


def without(total: Lines, part: Lines) -> Lines:
    """What is left of the total; below zero where the part is larger."""
    lines = {line: _NONE for line in part} | total
    return {
        line: _added(amounts, part[line], -1) if line in part else amounts
        for line, amounts in lines.items()
    }


def unexplained(left: Lines) -> Lines:
    """The lines whose rest is more than a rounding."""
    return {n: a for n, a in left.items() if a.gross_quantity > _ROUNDING}


def excess(left: Lines) -> Decimal:
    """Units by which parts exceed their total, over all lines."""
    over = [a.gross_quantity for a in left.values() if a.gross_quantity < -_ROUNDING]
    return -sum(over, Decimal(0))


def _added(one: Amounts, other: Amounts, sign: int) -> Amounts:
    return Amounts(*(a + sign * b for a, b in zip(one, other, strict=True)))


def _lines(items: Iterable[Item]) -> Iterator[tuple[Line, Amounts]]:
    for item in items:
        price = amount(item.price_per_unit, BILL, "usageItems[].pricePerUnit")
        line = Line(item.product, item.sku, item.model, item.unit_type, price)
        yield (
            line,
            Amounts(
                amount(item.gross_quantity, BILL, "usageItems[].grossQuantity"),
                amount(item.discount_quantity, BILL, "usageItems[].discountQuantity"),
                amount(item.net_quantity, BILL, "usageItems[].netQuantity"),
                amount(item.gross_amount, BILL, "usageItems[].grossAmount"),
                amount(item.discount_amount, BILL, "usageItems[].discountAmount"),
                amount(item.net_amount, BILL, "usageItems[].netAmount"),
            ),
        )
