"""The whole of OpenAI against the simulated organisation, whose truth is known."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from openai_bodies import examples

from ingestion.clock import FixedClock
from ingestion.http import Api
from ingestion.lake import Lake
from ingestion.simulator import PRESENT, Company, serving
from ingestion.simulator.openai import ADMIN_KEY, VENDOR
from ingestion.sources import openai, prices
from ingestion.sources.openai.tables import COSTS, USAGE
from ingestion.window import Window

CLOCK = FixedClock(PRESENT)
# Over the day on which a model becomes cheaper, long enough ago to be final.
WINDOW = Window(date(2026, 8, 10), date(2026, 8, 31))
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def company() -> Company:
    """The company of the demonstration."""
    return Company()


@pytest.fixture(scope="module")
def url(company: Company) -> Iterator[str]:
    """The simulated vendor, which limits its rate."""
    with serving(company, throttles=True) as address:
        yield f"{address}/openai"


@pytest.fixture(scope="module")
def organisation(url: str) -> Api:
    """A client of it; waits take no time."""
    return openai.connection(url, ADMIN_KEY, sleep=lambda seconds: None)


def asked(address: str) -> requests.Response:
    """The answer, asked for again while the limit refuses."""
    headers = {"authorization": f"Bearer {ADMIN_KEY}"}
    while (found := requests.get(address, headers=headers, timeout=60)) is not None:
        if found.status_code != 429:
            break
    return found


@pytest.fixture(scope="module")
def used(organisation: Api, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    lake = Lake(tmp_path_factory.mktemp("openai"), CLOCK)
    lake.replace_days(USAGE, WINDOW, openai.usage(organisation, WINDOW))
    return lake.current(USAGE).to_pylist()


@pytest.fixture(scope="module")
def truth(company: Company) -> Rows:
    assert VENDOR.truth is not None
    rows = VENDOR.truth(company, None).to_pylist()
    return [r for r in rows if WINDOW.first <= r["usage_date"] <= WINDOW.last]


def classes(row: dict[str, Any]) -> dict[str, int]:
    """The disjoint classes of a landed row."""
    if row["endpoint"] == "embeddings":
        return {"input_uncached": row["input_tokens"]}
    read = row["input_cached_tokens"] or 0
    written = row["input_cache_write_tokens"] or 0
    return {
        "input_uncached": (row["input_tokens"] or 0) - read - written,
        "cache_read": read,
        "cache_write_unspecified": written,
        "output": row["output_tokens"] or 0,
    }


def test_tokens_of_every_principal_are_those_of_the_truth(
    used: Rows, truth: Rows
) -> None:
    landed: dict[Any, int] = defaultdict(int)
    for row in used:
        kind = (
            "user" if row["user_id"] else "api_key" if row["api_key_id"] else "unknown"
        )
        who = (kind, row["user_id"] or row["api_key_id"] or "")
        for name, tokens in classes(row).items():
            landed[row["usage_date"], *who, row["model"], name] += tokens
    told = ("usage_date", "principal_type", "principal_id", "model", "token_class")
    real = {tuple(row[name] for name in told): row["tokens"] for row in truth}
    assert {key: tokens for key, tokens in landed.items() if tokens} == real


def test_persons_services_and_nobody_in_particular_all_use_it(truth: Rows) -> None:
    found = {(row["principal_type"], row["attribution"]) for row in truth}
    assert found == {
        ("user", "person"),
        ("user", "unattributed"),
        ("api_key", "person"),
        ("api_key", "service"),
        ("unknown", "unattributed"),
    }


def test_the_price_book_times_tokens_is_what_the_vendor_charges(
    company: Company, organisation: Api, truth: Rows, tmp_path: Path
) -> None:
    book: dict[Any, Decimal] = {}
    for price in prices.price_book().prices:
        if price.vendor == "openai" and price.context_band == "base":
            for day in WINDOW.days():
                if price.valid_from <= day < (price.valid_to or date.max):
                    key = (price.model, price.token_class, price.service_tier, day)
                    book[key] = price.usd_per_token
    alias = VENDOR.aliases["openai"]
    listed: dict[date, Decimal] = defaultdict(Decimal)
    for row in truth:
        listed[row["usage_date"]] += row["list_cost_usd"]
    lake = Lake(tmp_path, CLOCK)
    lake.replace_days(USAGE, WINDOW, openai.usage(organisation, WINDOW))
    lake.replace_days(COSTS, WINDOW, openai.costs(organisation, WINDOW))
    priced: dict[date, Decimal] = defaultdict(Decimal)
    for row in lake.current(USAGE).to_pylist():
        tier = "batch" if row["is_batch"] else "standard"
        model = alias.get(row["model"], row["model"])
        for name, tokens in classes(row).items():
            if tokens:
                price = book[model, name, tier, row["usage_date"]]
                priced[row["usage_date"]] += tokens * price
    charged: dict[date, Decimal] = defaultdict(Decimal)
    for row in lake.current(COSTS).to_pylist():
        if row["quantity_unit"] == "tokens":
            charged[row["usage_date"]] += row["amount"]
    assert len(priced) == len(WINDOW.days())
    assert priced == charged == listed


def test_costs_of_old_days_are_refused_by_key_and_land_by_project(
    organisation: Api,
) -> None:
    window = Window(date(2025, 12, 1), date(2025, 12, 10))
    pages = list(openai.costs(organisation, window))
    assert len(pages) == 2
    assert all(page.note == "no costs reported" for page in pages)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("usage/completions", "start_time=1785542400&limit=32", 400),
        ("usage/completions", "limit=3", 400),
        ("usage/completions", "start_time=1785542400&group_by=line_item", 400),
        ("usage/completions", "start_time=1785542400&page=page_nonsense", 400),
        ("usage/telepathy", "start_time=1785542400", 404),
        ("costs", "start_time=1785542400&limit=366", 400),
        ("costs", "start_time=1764892800&group_by=api_key_id", 400),
        ("users", "limit=101", 400),
        ("projects/proj_unknown/api_keys", "", 404),
    ],
)
def test_the_vendor_refuses_as_the_real_one_does(
    url: str, path: str, query: str, status: int
) -> None:
    found = asked(f"{url}/v1/organization/{path}?{query}")
    assert found.status_code == status
    assert found.json()["error"]["message"]


def test_a_report_holds_seven_days_unless_more_are_asked_for(url: str) -> None:
    address = f"{url}/v1/organization/usage/completions?start_time=1785542400"
    body = asked(address).json()
    assert len(body["data"]) == 7
    assert body["has_more"]
    (row, *_) = body["data"][0]["results"]
    ungrouped = ("project_id", "user_id", "api_key_id", "model", "batch")
    assert {row[name] for name in ungrouped} == {None}


@pytest.mark.parametrize(
    "path",
    [
        "/organization/costs",
        "/organization/users",
        "/organization/projects",
        "/organization/usage/completions",
        "/organization/usage/embeddings",
        "/organization/usage/images",
        "/organization/usage/web_search_calls",
    ],
)
def test_official_and_simulated_bodies_follow_the_official_schemas(
    url: str, path: str
) -> None:
    described = examples("openai_admin_usage_openapi_excerpt.json")
    answer = described["paths"][path]["get"]["responses"]["200"]
    schema = {
        **answer["content"]["application/json"]["schema"],
        "components": described["components"],
    }
    jsonschema.validate(json.loads(examples("openai_examples.json")[path]), schema)
    start = "" if path.endswith(("users", "projects")) else "?start_time=1785542400"
    jsonschema.validate(asked(f"{url}/v1{path}{start}").json(), schema)
