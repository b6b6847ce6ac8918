"""What the company's finance department keeps: rates, a contract, a prepaid credit, and
an invoice per vendor and month, made from the vendors' truth.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeStubs=false
# pyarrow ships no types.

import csv
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from ingestion.lake.compute import compute as pc
from ingestion.simulator import timeline
from ingestion.simulator.anthropic.groups import DISCOUNT_PERCENT
from ingestion.simulator.company import Company
from ingestion.simulator.copilot.accounts import accounts as copilot_accounts
from ingestion.simulator.cursor.team import accounts as cursor_accounts
from ingestion.simulator.vendor import SimulatedVendor, vendors
from ingestion.sources.finance import tables
from ingestion.table import Table

# Who sends an invoice. Gateways and telemetry only count what others bill.
INVOICING = ("anthropic", "bedrock", "copilot", "cursor", "openai")
CONTRACT_FROM = date(2026, 7, 1)
PREPAID_VENDOR, PREPAID_ID = "openai", "credit-2026-07"
PREPAID_USD = Decimal(6000)
PREPAID_DAYS = (date(2026, 7, 1), date(2027, 6, 30))
# Dollars per unit, and how far a rate swings around that within a year.
RATES = {"CHF": (1.13, 0.02), "EUR": (1.08, 0.03), "GBP": (1.27, 0.03)}
_PICO = Decimal("1e-12")
_NOTHING = Decimal(0)
Row = tuple[object, ...]


@dataclass
class Invoice:
    """The invoice of a vendor for a month, as it is written line by line."""

    vendor: str
    month: date
    rows: list[Row] = field(default_factory=list[Row])

    @property
    def next_month(self) -> date:
        """First day after the period."""
        return _next_month(self.month)

    def line(
        self,
        kind: str,
        amount: Decimal,
        *,
        model: str | None = None,
        token_class: str | None = None,
        quantity: int | None = None,
        unit: str | None = None,
        unit_price: Decimal | None = None,
    ) -> None:
        """Add a line; an amount of nothing is not billed."""
        if not amount:
            return
        issued = datetime.combine(self.next_month + timedelta(days=2), time(9), UTC)
        number = f"{self.vendor.upper()}-{self.month:%Y-%m}"
        period = (self.month, self.next_month, "UTC", issued.isoformat())
        self.rows.append(
            (
                self.vendor, number, len(self.rows) + 1, *period, kind, model, None,
                token_class, quantity, unit, unit_price, amount, "USD",
            )
        )  # fmt: skip


def write_finance(company: Company, present: datetime, folder: Path) -> None:
    """The four CSV files of the finance source in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: Mapping[Table, Iterable[Row]] = {
        tables.CONTRACT_PRICES: [
            ("anthropic", *["*"] * 5, None, Decimal(DISCOUNT_PERCENT) / 100,
             CONTRACT_FROM, None, "order form of July 2026")
        ],
        tables.EXCHANGE_RATES: _rates(present.date()),
        tables.COMMITMENTS: [
            (PREPAID_VENDOR, PREPAID_ID, "prepaid_credit", PREPAID_USD, "USD",
             *PREPAID_DAYS, "receipt of July 2026")
        ],
        tables.INVOICE_LINES: _invoice_lines(company, present),
    }  # fmt: skip
    for table, found in rows.items():
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            writer.writerows([_text(value) for value in row] for row in found)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _rates(last: date) -> Iterator[Row]:
    """A rate a day and currency, from a week before the first AI usage."""
    day = timeline.AI_FIRST_DAY - timedelta(days=7)
    while day <= last:
        turn = 2 * math.pi * day.timetuple().tm_yday / 365
        for code, (middle, swing) in RATES.items():
            rate = Decimal(f"{middle + swing * math.sin(turn):.4f}")
            yield code, day, rate, "demo reference rates"
        day += timedelta(days=1)


def _invoice_lines(company: Company, present: datetime) -> Iterator[Row]:
    """The invoices of all months that are over and were billed by now."""
    for vendor in vendors():
        if vendor.source not in INVOICING or vendor.truth is None:
            continue
        used = _monthly(vendor.truth(company, present))
        month, prepaid = timeline.AI_FIRST_DAY, PREPAID_USD
        while _next_month(month) + timedelta(days=3) <= present.date():
            invoice = Invoice(vendor.source, month)
            usage = used.filter(pc.equal(used["month"], f"{month:%Y-%m}"))
            net = _usage_lines(invoice, usage)
            if vendor.source == PREPAID_VENDOR and month >= PREPAID_DAYS[0]:
                drawn = min(prepaid, net)
                prepaid -= drawn
                invoice.line("credit", -drawn)
            _seat_line(invoice, vendor, company)
            yield from invoice.rows
            month = _next_month(month)


def _monthly(truth: pa.Table) -> pa.Table:
    """Sums per month, model and class of what this vendor counts."""
    counted = truth.filter(truth["is_counted"])
    months = pc.strftime(counted["usage_date"], format="%Y-%m")
    sums = counted.append_column("month", months).group_by(
        ["month", "model", "token_class"]
    )
    found = sums.aggregate(
        [("tokens", "sum"), ("list_cost_usd", "sum"), ("billed_cost_usd", "sum")]
    )
    keys = [(name, "ascending") for name in ("month", "model", "token_class")]
    return found.sort_by(keys)


def _usage_lines(invoice: Invoice, usage: pa.Table) -> Decimal:
    """Lines at list price, and what lies between them and what the vendor charges;
    returns the dollars charged."""
    listed = _NOTHING
    for row in usage.to_pylist():
        cost, tokens = row["list_cost_usd_sum"], row["tokens_sum"]
        if cost is None:
            continue
        if not tokens:
            invoice.line("usage", cost, model=row["model"])
            listed += cost
            continue
        # The month's mean price: what is billed is exactly quantity times unit price.
        price = (cost / tokens).quantize(_PICO)
        listed += price * tokens
        invoice.line(
            "usage",
            price * tokens,
            model=row["model"],
            token_class=row["token_class"],
            quantity=tokens,
            unit="tokens",
            unit_price=price,
        )
    charged = _charged(invoice.vendor, listed, usage)
    difference = charged - listed
    invoice.line("discount" if difference < 0 else "overage", difference)
    return charged


def _charged(vendor: str, listed: Decimal, usage: pa.Table) -> Decimal:
    """Dollars the vendor charges for a month's usage, seats apart: as it states them,
    else list price less its discount."""
    sums = usage["billed_cost_usd_sum"].to_pylist()
    stated = [usd for usd in sums if usd is not None]
    if stated:
        return sum(stated, _NOTHING)
    percent = DISCOUNT_PERCENT if vendor == "anthropic" else 0
    return (listed * (100 - percent) / 100).quantize(_PICO)


def _seat_line(invoice: Invoice, vendor: SimulatedVendor, company: Company) -> None:
    """The seats held on the first of the month, if the vendor sells any."""
    held: Mapping[str, Callable[[Company, date], int]] = {
        "copilot": lambda company, day: sum(
            account.has_seat(day) for account in copilot_accounts(company)
        ),
        "cursor": lambda company, day: sum(
            account.is_member(day) and account.role == "member"
            for account in cursor_accounts(company)
        ),
    }
    if vendor.source not in held:
        return
    seats = held[vendor.source](company, invoice.month)
    price = Decimal(str(vendor.settings("", Path())["seat_usd_per_month"]))
    invoice.line("seat", seats * price, quantity=seats, unit="seats", unit_price=price)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
