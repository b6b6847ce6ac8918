"""Answers of the OpenAI administration API: examples, and rows made for a test."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer, Query, Vendor

from ingestion.clock import FixedClock
from ingestion.http import Api
from ingestion.page import Page
from ingestion.sources.openai import connection

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/openai"
CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))
KEY = "sk-admin-generated-for-tests-only"
BASE = "/v1/organization"
COMPLETIONS = f"{BASE}/usage/completions"
COSTS = f"{BASE}/costs"
Rows = dict[date, list[dict[str, Any]]]


def api(vendor: Vendor) -> Api:
    """A client of the vendor that never waits."""
    return connection(vendor.url, KEY, sleep=lambda seconds: None)


def examples(name: str) -> Any:
    """A file of example bodies; skips where the data is absent."""
    path = EXAMPLES / name
    if not path.exists():
        pytest.skip("the vendor's example bodies are not beside the checkout")
    return json.loads(path.read_text())


def seconds(day: date) -> int:
    """Unix seconds of the start of a UTC day."""
    return int(datetime.combine(day, time.min, UTC).timestamp())


def report(rows: Rows, next_page: str | None = None) -> dict[str, Any]:
    """A page with a bucket for each day."""
    buckets = [
        {
            "object": "bucket",
            "start_time": seconds(day),
            "end_time": seconds(day) + 86_400,
            "results": results,
        }
        for day, results in rows.items()
    ]
    return {
        "object": "page",
        "data": buckets,
        "has_more": next_page is not None,
        "next_page": next_page,
    }


def tokens(**more: Any) -> dict[str, Any]:
    """A row of completions."""
    return {
        "object": "organization.usage.completions.result",
        "input_tokens": 100,
        "input_cached_tokens": 40,
        "input_cache_write_tokens": 10,
        "input_uncached_tokens": 50,
        "output_tokens": 7,
        "num_model_requests": 3,
        "project_id": "proj_1",
        "user_id": "user-1",
        "api_key_id": "key_1",
        "model": "gpt-5-2025-08-07",
        "batch": False,
        "service_tier": "default",
    } | more


def cost(value: Any, **more: Any) -> dict[str, Any]:
    """A row of costs."""
    return {
        "object": "organization.costs.result",
        "amount": {"value": value, "currency": "usd"},
        "line_item": "gpt-5-2025-08-07, input",
        "project_id": "proj_1",
        "api_key_id": "key_1",
        "quantity": None,
        "quantity_unit": None,
    } | more


def refusal(message: str, param: str | None = None) -> dict[str, Any]:
    """An error body of the vendor."""
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": None}}


def only_completions(answered: Answer, path: str, query: Query) -> Answer:
    """This answer for completions; the other endpoints report nothing."""
    return answered if path == COMPLETIONS else (200, report({}))


def column(pages: Iterable[Page], name: str) -> list[Any]:
    """A column of all pages."""
    return [value for page in pages for value in page.columns[name]]
