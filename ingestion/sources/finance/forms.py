"""The four files of finance, each read and judged as a whole.

`valid_to` and `ends_on` are last days that hold; `period_end` is the first day after.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ingestion.sheets.faults import Fault, refuse
from ingestion.sheets.rules import order_faults, overlap_faults, repeat_faults
from ingestion.sheets.sheet import Field, Sheet, sheet
from ingestion.sheets.values import (
    currency,
    day,
    instant,
    number,
    one_of,
    positive,
    text,
    time_zone,
    whole,
)
from ingestion.sources.finance.values import band, or_any, price, region, share

TOKEN_CLASSES: Final = (
    "input_uncached",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "cache_write_unspecified",
    "output",
    "input_unspecified",
)
SERVICE_TIERS: Final = ("standard", "batch", "priority", "flex", "fast")
CHARGE_KINDS: Final = (
    "usage",
    "tool",
    "seat",
    "discount",
    "credit",
    "overage",
    "commitment",
    "tax",
    "adjustment",
)
_MONEY: Final = 12


CONTRACT_PRICES: Final = (
    Field("vendor", text),
    Field("model", text),
    Field("token_class", or_any(*TOKEN_CLASSES)),
    Field("service_tier", or_any(*SERVICE_TIERS)),
    Field("context_band", band),
    Field("region", region),
    Field("usd_per_million", price, is_required=False),
    Field("discount_share", share, is_required=False),
    Field("valid_from", day),
    Field("valid_to", day, is_required=False),
    Field("evidence", text, is_required=False),
)
EXCHANGE_RATES: Final = (
    Field("currency", currency),
    Field("rate_date", day),
    Field("usd_per_unit", positive(_MONEY)),
    Field("rate_source", text),
)
COMMITMENTS: Final = (
    Field("vendor", text),
    Field("commitment_id", text),
    Field("kind", one_of("prepaid_credit", "commitment")),
    Field("amount", positive(_MONEY)),
    Field("currency", currency),
    Field("starts_on", day),
    Field("ends_on", day),
    Field("evidence", text, is_required=False),
)
INVOICE_LINES: Final = (
    Field("vendor", text),
    Field("invoice_id", text),
    Field("line_number", whole),
    Field("period_start", day),
    Field("period_end", day),
    Field("time_zone", time_zone),
    Field("issued_at", instant),
    Field("charge_kind", one_of(*CHARGE_KINDS)),
    Field("model", text, is_required=False),
    Field("service_tier", text, is_required=False),
    Field("token_class", one_of(*TOKEN_CLASSES), is_required=False),
    Field("quantity", number(_MONEY), is_required=False),
    Field("quantity_unit", text, is_required=False),
    Field("unit_price", number(_MONEY), is_required=False),
    Field("amount", number(_MONEY)),
    Field("currency", currency),
)
CONTRACT_KEY: Final = (
    "vendor",
    "model",
    "token_class",
    "service_tier",
    "context_band",
    "region",
)


def contract_prices(path: Path) -> Sheet:
    """What was agreed with vendors instead of their list prices."""
    read = sheet(path, CONTRACT_PRICES, may_be_empty=True)
    refuse(
        path,
        [
            *order_faults(read, "valid_from", "valid_to"),
            *overlap_faults(read, CONTRACT_KEY, "valid_from", "its span overlaps"),
            *_price_faults(read),
        ],
    )
    return read


def exchange_rates(path: Path) -> Sheet:
    """Dollars per unit of each currency, by day."""
    read = sheet(path, EXCHANGE_RATES, may_be_empty=True)
    faults = list(repeat_faults(read, "currency", "rate_date"))
    for line, code, rate in read.rows("currency", "usd_per_unit"):
        if code == "USD" and rate != 1:
            problem = f"a dollar is given as {rate} dollars."
            faults.append(Fault(line, "usd_per_unit", problem, "remove the row."))
    refuse(path, faults)
    return read


def commitments(path: Path) -> Sheet:
    """Money paid or promised ahead."""
    read = sheet(path, COMMITMENTS, may_be_empty=True)
    refuse(
        path,
        [
            *order_faults(read, "starts_on", "ends_on"),
            *repeat_faults(read, "vendor", "commitment_id"),
        ],
    )
    return read


def invoice_lines(path: Path) -> Sheet:
    """What vendors billed."""
    read = sheet(path, INVOICE_LINES, may_be_empty=True)
    refuse(
        path,
        [
            *repeat_faults(read, "vendor", "invoice_id", "line_number"),
            *_line_faults(read),
            *_invoice_faults(read, "issued_at", "one invoice is issued once"),
            *_invoice_faults(read, "currency", "one invoice has one currency"),
        ],
    )
    return read


def _price_faults(prices: Sheet) -> Iterator[Fault]:
    """Rows with both a price and a discount, or with neither."""
    rows = prices.rows("usd_per_million", "discount_share")
    for line, usd_per_million, discount in rows:
        if (usd_per_million is None) == (discount is None):
            has = "neither" if discount is None else "both"
            yield Fault(
                line,
                "usd_per_million",
                f"{has} of usd_per_million and discount_share is filled in.",
                "fill in exactly one of the two.",
            )


def _line_faults(lines: Sheet) -> Iterator[Fault]:
    """Lines whose cells contradict each other."""
    names = ("period_start", "period_end", "charge_kind", "amount")
    for line, start, end, kind, amount in lines.rows(*names):
        if end <= start:
            yield Fault(
                line,
                "period_end",
                f"{end} is not after period_start {start}.",
                "write the first day after the period, e.g. 2026-05-01 for April.",
            )
        if kind in ("discount", "credit") and amount > 0:
            yield Fault(
                line,
                "amount",
                f"a {kind} of {amount} would raise the bill.",
                "write what lowers the bill with a minus.",
            )
    for line, quantity, unit in lines.rows("quantity", "quantity_unit"):
        if (quantity is None) != (unit is None):
            yield Fault(
                line,
                "quantity_unit",
                "only one of quantity and quantity_unit is filled in.",
                "fill in both, or leave both empty.",
            )


def _invoice_faults(lines: Sheet, column: str, rule: str) -> Iterator[Fault]:
    """Lines that differ from the first line of their invoice in a column."""
    first: dict[tuple[str, str], tuple[int, Any]] = {}
    for line, vendor, invoice, value in lines.rows("vendor", "invoice_id", column):
        earlier, known = first.setdefault((vendor, invoice), (line, value))
        if value != known:
            yield Fault(
                line,
                column,
                f"{value}, and line {earlier} of {invoice} has {known}: {rule}.",
                "correct one of the two, or give the invoices ids of their own.",
            )
