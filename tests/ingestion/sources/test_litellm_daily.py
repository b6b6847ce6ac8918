"""LiteLLM's own sums by day: parts on several pages, and the same calls in several
views; and its users and keys."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from loopback import Query, vendor

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import SchemaChanged
from ingestion.page import Page
from ingestion.simulator import Company, serving
from ingestion.simulator.litellm import VENDOR
from ingestion.sources import litellm
from ingestion.window import Window

DAY = Window(date(2026, 11, 20), date(2026, 11, 20))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))


def connected(url: str, key: str = "key") -> litellm.Connection:
    """A connection to the proxy at an address."""
    settings = litellm.LiteLLM.model_validate({"starts_on": DAY.first, "base_url": url})
    around = Surroundings(CLOCK, lambda _: key, Path(), lambda _: None)
    return litellm.CONNECTOR.connect(settings, around)


def column(found: list[Page], name: str) -> list[Any]:
    return [value for page in found for value in page.columns[name]]


def sums(spend: float, calls: int, **said: Any) -> dict[str, Any]:
    """Sums of calls with a hundred tokens each."""
    return {
        "spend": spend,
        "prompt_tokens": 90 * calls,
        "completion_tokens": 10 * calls,
        "total_tokens": 100 * calls,
        "cache_read_input_tokens": 0,
        "cache_creation_input_tokens": 0,
        "api_requests": calls,
        "successful_requests": calls,
        "failed_requests": 0,
        **said,
    }


def of_models(**parts: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """The view by model: sums of each, and of its keys."""
    return {
        name: {
            "metrics": whole,
            "api_key_breakdown": {key: {"metrics": part} for key, part in keys.items()},
        }
        for name, (whole, keys) in parts.items()
    }


def summed(
    *told: tuple[dict[str, Any], dict[str, Any]], asked: list[Query] | None = None
) -> list[Page]:
    """Pages of the proxy's sums: on each a part of the day, and its view by model."""

    def answer(path: str, query: Query) -> tuple[int, Any]:
        assert path == "/user/daily/activity"
        if asked is not None:
            asked.append(query)
        number = int(query["page"][0])
        whole, models = told[number - 1] if told else ({}, {})
        views = {"models": models, "providers": models, "api_keys": {}}
        day = {"date": "2026-11-20", "metrics": whole, "breakdown": views}
        return 200, {
            "results": [day] if told else [],
            "metadata": {"page": number, "total_pages": len(told)},
        }

    with vendor(answer) as at:
        return list(litellm.daily_activity(connected(at.url), DAY))


def rows(found: list[Page]) -> dict[tuple[str, str | None], tuple[Any, ...]]:
    """(requests, dollars) by key and model."""
    names = ("api_key", "model", "requests", "spend_usd")
    columns = [column(found, name) for name in names]
    return {(row[0], row[1]): row[2:] for row in zip(*columns, strict=True)}


def test_one_view_of_the_days_calls_is_read_and_the_others_are_not_added() -> None:
    whole = sums(0.5, 5)
    found = summed((whole, of_models(m=(whole, {"k": whole}))))
    assert rows(found) == {("k", "m"): (5, Decimal("0.5"))}


def test_a_day_that_goes_on_over_pages_is_added_up() -> None:
    one, two = sums(0.1, 1), sums(0.2, 2)
    parts = [(part, of_models(m=(part, {"k": part}))) for part in (one, two)]
    found = summed(*parts)
    assert rows(found) == {("k", "m"): (3, Decimal("0.3"))}
    assert [page.row_count for page in found] == [0, 1]


def test_what_no_key_or_no_model_explains_is_kept() -> None:
    of_model, of_key = sums(0.4, 4), sums(0.1, 1)
    found = summed((sums(0.7, 7), of_models(m=(of_model, {"k": of_key}))))
    assert rows(found) == {
        ("k", "m"): (1, Decimal("0.1")),
        ("", "m"): (3, Decimal("0.3")),
        ("", None): (3, Decimal("0.3")),
    }


def test_the_noise_of_binary_fractions_is_no_remainder() -> None:
    whole = sums(0.30000000004, 3)
    found = summed((whole, of_models(m=(sums(0.3, 3), {"k": sums(0.3, 3)}))))
    assert list(rows(found)) == [("k", "m")]


def test_parts_that_exceed_the_whole_are_refused() -> None:
    with pytest.raises(SchemaChanged, match="exceed the whole"):
        summed((sums(0.1, 1), of_models(m=(sums(0.2, 2), {}))))


def test_sums_without_cache_counts_do_not_say_zero() -> None:
    whole = sums(0.1, 1, cache_read_input_tokens=None)
    found = summed((whole, of_models(m=(whole, {"k": whole}))))
    assert column(found, "cache_read_tokens") == [None]
    assert column(found, "cache_creation_tokens") == [0]


def test_the_last_day_of_sums_is_inclusive_and_an_empty_one_says_so() -> None:
    asked: list[Query] = []
    (page,) = summed(asked=asked)
    assert asked[0]["start_date"] == asked[0]["end_date"] == ["2026-11-20"]
    assert page.row_count == 0
    assert page.note


def test_the_proxys_own_sums_are_those_of_its_calls() -> None:
    window = Window(date(2026, 12, 14), date(2027, 1, 28))
    with serving(Company()) as url:
        at = connected(f"{url}/litellm", VENDOR.secrets["LITELLM_KEY"])
        logged = list(litellm.spend_logs(at, window))
        reported = list(litellm.daily_activity(at, window))
    one, other = Counter[Any](), Counter[Any]()
    grain = ("usage_date", "api_key", "model")
    for found, counts in ((logged, one), (reported, other)):
        places = list(zip(*(column(found, name) for name in grain), strict=True))
        for name in ("prompt_tokens", "completion_tokens", "spend_usd"):
            for place, amount in zip(places, column(found, name), strict=True):
                counts[*place, name] += amount
    assert one == other
    assert sum(column(reported, "requests")) == len(column(logged, "request_id"))


def test_users_and_keys_come_with_their_budgets() -> None:
    budget = {
        "spend": 1.5,
        "max_budget": 20,
        "budget_duration": "30d",
        "budget_reset_at": "2026-12-01T00:00:00",
    }

    def answer(path: str, query: Query) -> tuple[int, Any]:
        if path == "/user/list":
            user = {"user_id": "u", "user_email": "Ada@corp.example", **budget}
            return 200, {"users": [user], "page": 1, "total_pages": 1}
        key = {"token": "h", "user_id": "u", **budget, "max_budget": None}
        return 200, {"keys": [key], "current_page": 1, "total_pages": 1}

    with vendor(answer) as at:
        users = list(litellm.users(connected(at.url)))
        keys = list(litellm.keys(connected(at.url)))
    assert column(users, "email") == ["Ada@corp.example"]
    assert column(users, "max_budget_usd") == [Decimal(20)]
    assert column(users, "budget_reset_at") == [datetime(2026, 12, 1, tzinfo=UTC)]
    assert column(keys, "user_id") == ["u"]
    assert column(keys, "max_budget_usd") == [None]
