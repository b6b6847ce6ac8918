"""What finance keeps of the simulated company: valid files, bills that fit usage."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from ingestion.simulator import PRESENT, Company
from ingestion.simulator.finance import INVOICING, PREPAID_USD, write_finance
from ingestion.simulator.vendor import vendors
from ingestion.sources import connectors, finance, prices
from ingestion.sources.finance import tables

Line = dict[str, str]


@pytest.fixture(scope="module")
def folder(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as the demo writes them."""
    made = tmp_path_factory.mktemp("finance")
    write_finance(company, PRESENT, made)
    return made


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[Line]:
    """All lines of all invoices."""
    with (folder / "invoice_lines.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_finance_source_takes_the_files(folder: Path) -> None:
    paths = {table: folder / f"{table.name}.csv" for table in tables.TABLES}
    sources = {each.source for each in connectors() if each.kind == "ai_vendor"} | set(
        INVOICING
    )
    known = finance.Known(prices.models(), sources)
    assert [table for table, _ in finance.files(paths, known)] == list(tables.TABLES)


def test_only_months_that_are_over_are_billed(lines: list[Line]) -> None:
    months = {line["period_start"] for line in lines}
    assert (min(months), max(months)) == ("2026-01-01", "2027-01-01")
    assert all(line["issued_at"] < PRESENT.isoformat() for line in lines)


def test_each_months_usage_lines_are_the_vendors_list_cost(
    lines: list[Line], company: Company
) -> None:
    billed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line["charge_kind"] == "usage":
            billed[line["vendor"], line["period_start"][:7]] += Decimal(line["amount"])
    true: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for vendor in vendors():
        if vendor.source not in INVOICING or vendor.truth is None:
            continue
        for row in vendor.truth(company, PRESENT).to_pylist():
            month = f"{row['usage_date']:%Y-%m}"
            if row["is_counted"] and row["list_cost_usd"] and month < "2027-02":
                true[vendor.source, month] += row["list_cost_usd"]
    assert billed.keys() == true.keys()
    for key, cost in true.items():
        assert abs(billed[key] - cost) <= cost * Decimal("0.0005"), key


def test_a_line_with_a_quantity_is_quantity_times_unit_price(
    lines: list[Line],
) -> None:
    counted = [line for line in lines if line["quantity"]]
    assert len(counted) > 100
    for line in counted:
        product = Decimal(line["quantity"]) * Decimal(line["unit_price"])
        assert product == Decimal(line["amount"])


def test_seats_discounts_and_prepaid_credit_are_lines_of_their_own(
    lines: list[Line],
) -> None:
    kinds = {(line["vendor"], line["charge_kind"]) for line in lines}
    assert {("cursor", "seat"), ("copilot", "seat")} <= kinds
    assert {("anthropic", "discount"), ("copilot", "discount")} <= kinds
    drawn = [Decimal(x["amount"]) for x in lines if x["charge_kind"] == "credit"]
    assert -PREPAID_USD <= sum(drawn) < 0
