"""The whole of Cursor against the simulated team, whose truth is known."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.lake import Lake
from ingestion.simulator import PRESENT, Company, serving
from ingestion.simulator.cursor import VENDOR
from ingestion.simulator.cursor.models import MODELS
from ingestion.sources import cursor, prices
from ingestion.sources.cursor.tables import SPEND, USAGE_EVENTS
from ingestion.window import Window

CLOCK = FixedClock(PRESENT)
CLASSES = {
    "input_tokens": "input_uncached",
    "output_tokens": "output",
    "cache_write_tokens": "cache_write_unspecified",
    "cache_read_tokens": "cache_read",
}
CYCLE = Window(date(2027, 1, 20), date(2027, 2, 4))
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def company() -> Company:
    """The company of the demonstration."""
    return Company()


@pytest.fixture(scope="module")
def team(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A connection to the team, which limits its rate; waits take no time."""
    folder = tmp_path_factory.mktemp("home")
    with serving(company, throttles=True) as url:
        said = dict(VENDOR.settings(f"{url}/cursor", folder))
        settings = cursor.Cursor.model_validate(said)
        around = Surroundings(
            CLOCK, VENDOR.secrets.__getitem__, folder, lambda seconds: None
        )
        yield cursor.CONNECTOR.connect(settings, around)


@pytest.fixture(scope="module")
def landed(team: Any, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The events and the spend of the newest cycle, started on the twentieth."""
    lake = Lake(tmp_path_factory.mktemp("lake"), CLOCK)
    for days in CYCLE.ranges(cursor.CONNECTOR.range_days):
        lake.replace_days(USAGE_EVENTS, days, cursor.usage_events(team.api, days))
    lake.merge(SPEND, cursor.spend(team.api))
    return lake


@pytest.fixture(scope="module")
def events(landed: Lake) -> Rows:
    return landed.current(USAGE_EVENTS).to_pylist()


def test_every_kind_of_call_and_of_caller_occurs(
    team: Any, events: Rows, tmp_path: Path
) -> None:
    whole = Window(VENDOR.settings("", tmp_path)["starts_on"], CYCLE.last)
    lake = Lake(tmp_path, CLOCK)
    for days in whole.ranges(28):
        lake.replace_days(USAGE_EVENTS, days, cursor.usage_events(team.api, days))
    found = lake.current(USAGE_EVENTS).to_pylist()
    assert {row["kind"] for row in found} == {
        "Usage-based",
        "Included in Business",
        "User API Key",
        "Errored, Not Charged",
    }
    assert {row["model"] for row in found} == {model.name for model in MODELS}
    assert any(row["occurrence"] > 1 for row in found)
    assert any(row["service_account_id"] for row in found)
    assert any(row["user_email"] != row["user_email"].lower() for row in found)


def test_what_is_charged_per_call_is_what_the_team_spent_in_the_cycle(
    landed: Lake, events: Rows
) -> None:
    """But for those of the service account, which is no member."""
    charged: dict[str, Decimal] = defaultdict(Decimal)
    for row in events:
        if row["service_account_id"] is None:
            charged[row["user_email"]] += row["charged_cents"]
    spent = landed.current(SPEND).to_pylist()
    assert sum(charged.values()) > 0
    assert {row["cycle_started_at"].date() for row in spent} == {CYCLE.first}
    for row in spent:
        assert row["spend_cents"] == charged[row["email"]]


def test_the_price_book_times_tokens_is_the_vendors_model_cost_to_the_last_digit(
    events: Rows,
) -> None:
    usd: dict[tuple[str, str, str], list[prices.Price]] = defaultdict(list)
    for price in prices.price_book().prices:
        if price.service_tier == "standard" and price.context_band == "base":
            usd[price.vendor, price.model, price.token_class].append(price)
    models = {model.name: model for model in MODELS if model.canonical}
    compared = 0
    for row in events:
        model = models.get(row["model"])
        if model is None or not row["is_token_based"]:
            continue
        total, day = Decimal(0), row["usage_date"]
        for name, token_class in CLASSES.items():
            if row[name]:
                (price,) = [
                    span.usd_per_token
                    for span in usd[model.provider, model.canonical or "", token_class]
                    if span.valid_from <= day < (span.valid_to or date.max)
                ]
                total += row[name] * price * 100
        assert row["model_cents"] == total
        compared += 1
    assert compared > 100


def test_the_aliases_of_cursors_names_are_models_of_the_price_book() -> None:
    (page,) = prices.model_aliases(VENDOR.aliases)
    known = {
        (vendor, spelling): model
        for vendor, spelling, model in zip(*page.columns.values(), strict=True)
    }
    assert known["anthropic", "claude-4.5-sonnet"] == "claude-sonnet-4-5"
    priced = prices.models()
    for model in MODELS:
        found = known.get((model.provider, model.name))
        assert found == model.canonical
        assert found is None or found in priced[model.provider]


def test_the_truth_is_what_is_served(company: Company, events: Rows) -> None:
    assert VENDOR.truth is not None
    truth = [
        row
        for row in VENDOR.truth(company, PRESENT).to_pylist()
        if row["usage_date"] >= CYCLE.first and row["usage_date"] <= CYCLE.last
    ]
    for name, token_class in CLASSES.items():
        told = sum(r["tokens"] for r in truth if r["token_class"] == token_class)
        assert told == sum(row[name] or 0 for row in events)
    billed = sum(r["billed_cost_usd"] or 0 for r in truth)
    assert billed * 100 == sum(row["charged_cents"] for row in events)
    assert {r["attribution"] for r in truth} == {"person", "service", "unattributed"}
    own_key = sum(not r["is_counted"] for r in truth)
    assert (own_key > 0) == any(row["kind"] == "User API Key" for row in events)


def test_a_call_is_shown_an_hour_later(company: Company) -> None:
    noon, evening = PRESENT.replace(hour=12), PRESENT.replace(hour=20)
    today = Window(PRESENT.date(), PRESENT.date())
    early, late = (
        VENDOR.expected(company, at, today)["usage_events"]["rows"]
        for at in (noon, evening)
    )
    assert 0 < early < late
