"""The whole of Anthropic against the simulated vendor, whose truth is known."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from anthropic_bodies import CLOCK

from ingestion.http import Api
from ingestion.lake import Lake
from ingestion.simulator import timeline
from ingestion.simulator.anthropic import ADMIN_KEY
from ingestion.simulator.company import Company
from ingestion.simulator.files import FILES, write_people
from ingestion.simulator.server import serving
from ingestion.sources import anthropic, people, prices
from ingestion.sources.anthropic.reach import analytics_from
from ingestion.sources.anthropic.tables import (
    API_KEYS,
    COST,
    USAGE,
    USAGE_BY_KEY,
    USERS,
    WORKSPACES,
)
from ingestion.window import Window

CLASSES = {
    "uncached_input_tokens": "input_uncached",
    "cache_read_input_tokens": "cache_read",
    "cache_creation_5m_input_tokens": "cache_write_5m",
    "cache_creation_1h_input_tokens": "cache_write_1h",
    "output_tokens": "output",
}
FIRST = analytics_from(CLOCK)
WINDOW = Window(FIRST - timedelta(days=33), FIRST + timedelta(days=33))
Totals = dict[tuple[date, str], int]


@pytest.fixture(scope="module")
def company() -> Company:
    """The company of the demonstration."""
    return Company()


@pytest.fixture(scope="module")
def vendor(company: Company) -> Iterator[Api]:
    """A client of the simulated vendor, which limits its rate; waits take no time."""
    assert CLOCK.now() == timeline.PRESENT
    with serving(company, throttles=True) as url:
        yield anthropic.connection(
            f"{url}/anthropic", ADMIN_KEY, sleep=lambda seconds: None
        )


def served(company: Company) -> Totals:
    """Tokens per day and class as the vendor knows them at the present."""
    usage = company.revisions.as_served(timeline.PRESENT)
    found: Totals = defaultdict(int)
    for day, row in zip(usage.day.tolist(), usage.tokens.tolist(), strict=True):
        for name, tokens in zip(CLASSES, row, strict=True):
            found[timeline.day_at(day), name] += tokens
    inside = set(WINDOW.days())
    return {key: total for key, total in found.items() if key[0] in inside and total}


def landed(rows: list[dict[str, Any]]) -> Totals:
    """Tokens per day and class of rows of a table."""
    found: Totals = defaultdict(int)
    for row in rows:
        for name in CLASSES:
            found[row["usage_date"], name] += row[name]
    return {key: total for key, total in found.items() if total}


@cache
def book() -> dict[tuple[str, str, str], dict[str, list[prices.Price]]]:
    """Anthropic's prices by model, token class and tier, and then by band."""
    found: dict[Any, Any] = defaultdict(lambda: defaultdict(list))
    for price in prices.price_book().prices:
        if price.vendor == "anthropic":
            key = (price.model, price.token_class, price.service_tier)
            found[key][price.context_band].append(price)
    return found


@cache
def canonical(spelling: str) -> str:
    """The model that a spelling of the vendor means."""
    (page,) = prices.model_aliases({}, {"anthropic": [spelling]})
    known = zip(*page.columns.values(), strict=True)
    return next(m for vendor, s, m in known if (vendor, s) == ("anthropic", spelling))


def listed_cents(row: dict[str, Any]) -> Decimal:
    """The tokens of a row of usage at list price, in cents."""
    total, day = Decimal(0), row["usage_date"]
    long_first = [">200000", "base"] if row["context_window"] == "200k-1M" else ["base"]
    tier = row["service_tier"] or "standard"
    for name, token_class in CLASSES.items():
        if row[name]:
            bands = book()[canonical(row["model"]), token_class, tier]
            spans = next(bands[band] for band in long_first if band in bands)
            (usd,) = [
                span.usd_per_token
                for span in spans
                if span.valid_from <= day < (span.valid_to or date.max)
            ]
            total += row[name] * usd * 100
    return total


def test_every_token_of_the_vendor_lands_over_the_boundary_of_both_apis(
    company: Company, vendor: Api, tmp_path: Path
) -> None:
    lake = Lake(tmp_path, CLOCK)
    for table, fetch in (
        (USAGE, anthropic.usage),
        (USAGE_BY_KEY, anthropic.usage_by_key),
    ):
        receipts = lake.replace_days(table, WINDOW, fetch(vendor, WINDOW, CLOCK))
        rows = lake.current(table).to_pylist()
        assert len(receipts) == len(WINDOW.days())
        assert {row["endpoint"] for row in rows} == {"analytics", "legacy"}
        assert landed(rows) == served(company)


def test_list_prices_times_tokens_are_the_vendors_list_amounts_to_the_last_digit(
    vendor: Api, tmp_path: Path
) -> None:
    lake = Lake(tmp_path, CLOCK)
    days = Window(FIRST, WINDOW.last)
    lake.replace_days(USAGE, days, anthropic.usage(vendor, days, CLOCK))
    lake.replace_days(COST, days, anthropic.cost(vendor, days, CLOCK))
    ours: dict[date, Decimal] = defaultdict(Decimal)
    theirs: dict[date, Decimal] = defaultdict(Decimal)
    for row in lake.current(USAGE).to_pylist():
        ours[row["usage_date"]] += listed_cents(row)
    for row in lake.current(COST).to_pylist():
        if row["cost_type"] == "tokens":
            theirs[row["usage_date"]] += row["list_amount_cents"]
    assert len(ours) > 20
    assert ours == theirs


def test_older_costs_are_the_billed_amounts_of_their_days(
    vendor: Api, tmp_path: Path
) -> None:
    lake = Lake(tmp_path, CLOCK)
    days = Window(WINDOW.first, FIRST - timedelta(days=1))
    lake.replace_days(COST, days, anthropic.cost(vendor, days, CLOCK))
    lake.replace_days(USAGE, days, anthropic.usage(vendor, days, CLOCK))
    at_list = sum(listed_cents(row) for row in lake.current(USAGE).to_pylist())
    billed = [
        row["amount_cents"]
        for row in lake.current(COST).to_pylist()
        if row["cost_type"] == "tokens"
    ]
    assert sum(billed) == at_list * Decimal("0.88")


def test_the_directories_are_listed_whole(vendor: Api, tmp_path: Path) -> None:
    lake = Lake(tmp_path, CLOCK)
    users = lake.merge(USERS, anthropic.users(vendor))
    keys = lake.merge(API_KEYS, anthropic.api_keys(vendor))
    spaces = lake.merge(WORKSPACES, anthropic.workspaces(vendor))
    assert users.row_count > 60
    assert keys.row_count > 10
    assert spaces.row_count == 4
    assert {users.unknown_fields, keys.unknown_fields, spaces.unknown_fields} == {None}


def test_the_doctor_finds_the_simulated_organisation_healthy(vendor: Api) -> None:
    probe = anthropic.probe(vendor, CLOCK, starts_on=date(2026, 1, 1))
    assert probe.problems == ()
    assert probe.newest_day is not None
    assert len(probe.permissions) == 10


def test_the_simulated_people_files_fit_together(
    company: Company, tmp_path: Path
) -> None:
    write_people(company, tmp_path)
    paths = {table.name: tmp_path / name for name, table in FILES.items()}
    counts = {
        table.name: [len(page.columns[table.key[0]]) for page in pages]
        for table, pages in people.files(**paths)
    }
    assert counts["persons"][0] >= 120
    assert all(count > [0] for count in counts.values())
