"""Receipts that people handed in: monthly subscriptions and single purchases."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# pyarrow ships no types.

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from ingestion.simulator import habits, timeline
from ingestion.simulator.accounts import Link
from ingestion.simulator.company import Company
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream
from ingestion.simulator.totals import MONEY
from ingestion.simulator.vendor import Controls, SimulatedVendor, truth_table
from ingestion.window import Window

FOLDER: Final = "receipts"
# A subscription is refunded by the month, the other tool by the purchase.
SUBSCRIPTION, PURCHASE = "Slide Maker", "Image Credits"
MONTHLY: Final = Decimal("20.00")
_HEADER: Final = (
    *("receipt", "person_email", "person_id", "tool", "day", "period"),
    *("amount", "currency", "approved_on"),
)


@dataclass(frozen=True)
class Receipt:
    """One line; `is_monthly` is a subscription, charged on the month's first day."""

    reference: str
    person: Person | None
    names_email: bool
    tool: str
    charged_on: date
    is_monthly: bool
    amount: Decimal
    approved_on: date
    withdrawn_on: date = date.max

    @property
    def email(self) -> str:
        """The e-mail it names; empty if it names the person's id, or nobody."""
        if self.person is None or not self.names_email:
            return ""
        email = self.person.position(self.charged_on).email
        return email.upper() if self.person.number % 7 == 0 else email

    @property
    def principal_id(self) -> str:
        """The id under which the connector knows who was refunded."""
        if self.person is None:
            return ""
        return self.email.lower() or self.person.person_id


@cache
def receipts(company: Company) -> tuple[Receipt, ...]:
    """All receipts by day; every third person is named by id, one line names nobody."""
    found: list[Receipt] = []
    for number, user in enumerate(habits.users(company, "receipts")):
        person, random = user.person, stream(company.seed, "receipts", number)
        days = [timeline.day_at(int(n)) for n in np.flatnonzero(user.dollars)]
        if number % 2 == 0:
            months = sorted({day.replace(day=1) for day in days})
            charged = [
                (month, MONTHLY, True)
                for month in months
                # Nobody is refunded for days before the first one at work.
                if any(p.holds_on(month) for p in person.positions)
            ]
        else:
            bought = [day for day in days if random.random() < 0.06]
            cents = random.integers(500, 4000, len(bought)).tolist()
            charged = [
                (day, Decimal(amount).scaleb(-2), False)
                for day, amount in zip(bought, cents, strict=True)
            ]
        for line, (day, amount, is_monthly) in enumerate(charged):
            found.append(
                Receipt(
                    f"R-{number:03d}-{line:03d}",
                    person,
                    number % 3 != 2,
                    SUBSCRIPTION if is_monthly else PURCHASE,
                    day,
                    is_monthly,
                    amount,
                    day + timedelta(days=int(random.integers(1, 5))),
                )
            )
    lost = date(2026, 9, 14)
    found.append(
        Receipt("R-LOST", None, False, PURCHASE, lost, False, Decimal("12.50"), lost)
    )
    found += _mistakes()
    return tuple(sorted(found, key=lambda r: (r.charged_on, r.reference)))


def _mistakes() -> Iterator[Receipt]:
    """Twice a month something is handed in that was no AI tool, and withdrawn later."""
    day = habits.HABITS["receipts"].starts_on
    while day <= timeline.LAST_DAY:
        if day.day in {4, 19}:
            reference, gone = f"R-MISTAKE-{day}", day + timedelta(days=14)
            cost = Decimal("9.90")
            yield Receipt(reference, None, False, PURCHASE, day, False, cost, day, gone)
        day += timedelta(days=1)


def _handed_in(company: Company, at: datetime | None) -> list[Receipt]:
    """What was approved before the day of an instant, and not withdrawn by then."""
    if at is None:
        return [r for r in receipts(company) if r.withdrawn_on == date.max]
    today = at.date()
    return [r for r in receipts(company) if r.approved_on < today <= r.withdrawn_on]


def write(company: Company, at: datetime, folder: Path) -> None:
    """Writes a file a year."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    found = _handed_in(company, at)
    for year in sorted({r.charged_on.year for r in found}):
        lines = [_line(r) for r in found if r.charged_on.year == year]
        with (target / f"{year}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_HEADER)
            writer.writerows(lines)


def _line(receipt: Receipt) -> Sequence[object]:
    person = receipt.person.person_id if receipt.person else ""
    day = receipt.charged_on
    return (
        receipt.reference,
        receipt.email,
        "" if receipt.email else person,
        receipt.tool,
        "" if receipt.is_monthly else day,
        f"{day:%Y-%m}" if receipt.is_monthly else "",
        receipt.amount,
        "USD",
        receipt.approved_on,
    )


def settings(url: str, folder: Path) -> Mapping[str, Any]:
    """The folder of receipts. Months are charged on their first day."""
    starts_on = habits.HABITS["receipts"].starts_on.replace(day=1)
    return {"folder": str(folder / FOLDER), "starts_on": starts_on}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of the receipts."""
    found = [
        r
        for r in _handed_in(company, at)
        if window.first <= r.charged_on <= window.last
    ]
    total = sum((r.amount for r in found), Decimal(0))
    return {"receipts": {"rows": len(found), "amount": total}}


def truth(company: Company, at: datetime | None) -> pa.Table:
    """Purchases refunded by day and person; no tokens. A subscription is a fixed
    fee, and no usage. See `TRUTH`."""
    sums: dict[tuple[date, str], Decimal] = {}
    persons: dict[str, str | None] = {}
    for receipt in _handed_in(company, at):
        if receipt.is_monthly:
            continue
        key = (receipt.charged_on, receipt.principal_id)
        sums[key] = sums.get(key, Decimal(0)) + receipt.amount
        person = receipt.person
        persons[receipt.principal_id] = person and person.person_id
    ids = [principal for _, principal in sums]
    size, amounts = len(sums), pa.array(sums.values(), MONEY)
    return truth_table(
        {
            "usage_date": pa.array([day for day, _ in sums], pa.date32()),
            "principal_type": ["user" if i else "unknown" for i in ids],
            "principal_id": ids,
            "attribution": ["person" if persons[i] else "unattributed" for i in ids],
            "person_id": pa.array([persons[i] for i in ids], pa.string()),
            "token_class": ["none"] * size,
            "tokens": pa.nulls(size, pa.int64()),
            "list_cost_usd": amounts,
            "billed_cost_usd": amounts,
        }
    )


def links(company: Company) -> Sequence[Link]:
    """Whose the ids are, for receipts that name no e-mail."""
    named = {
        r.person.person_id: r.person
        for r in receipts(company)
        if r.person is not None and not r.names_email
    }
    return [
        Link(
            "receipts",
            person_id,
            person_id,
            "directory_id",
            "the people file",
            person.positions[0].valid_from,
            person.last_day,
        )
        for person_id, person in sorted(named.items())
    ]


VENDOR = SimulatedVendor(
    source="receipts",
    settings=settings,
    secrets={},
    expected=expected,
    truth=truth,
    write=write,
    links=links,
)
