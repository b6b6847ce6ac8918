"""Answers of the Anthropic API: the official examples, and rows made for a test."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Vendor

from ingestion.clock import FixedClock
from ingestion.http import Api
from ingestion.page import Page
from ingestion.sources.anthropic.connection import connection
from ingestion.table import Table

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/anthropic"
CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))
USAGE_PATH = "/v1/organizations/analytics/usage"
COST_PATH = "/v1/organizations/analytics/cost"
LEGACY_USAGE_PATH = "/v1/organizations/usage_report/messages"
LEGACY_COST_PATH = "/v1/organizations/cost_report"
KEY = "sk-ant-admin01-generated-for-tests-only"


def api(vendor: Vendor) -> Api:
    """A client of the vendor that never waits."""
    return connection(vendor.url, KEY, sleep=lambda seconds: None)


def example(name: str) -> dict[str, Any]:
    """The official example body of an endpoint; skips where the data is absent."""
    path = EXAMPLES / "anthropic_admin_examples.json"
    if not path.exists():
        pytest.skip("the official example bodies are not on this machine")
    return json.loads(path.read_text())[name]["examples"][0]


def unified_example(name: str) -> dict[str, Any]:
    """An answer of the analytics API as its SDK reads it; skips where absent."""
    path = EXAMPLES / "anthropic_unified_usage_cost_synthetic.json"
    if not path.exists():
        pytest.skip("the example bodies are not on this machine")
    return json.loads(path.read_text())[name]


def user(number: int = 1, **more: Any) -> dict[str, Any]:
    """An actor of the analytics API."""
    return {
        "type": "user_actor",
        "user_id": f"user_{number}",
        "email_address": f"person{number}@company.example",
        "name": None,
        "deleted": False,
    } | more


def tokens(base: int = 1) -> dict[str, Any]:
    """Token counts that differ by class; the total is fifteen times `base`."""
    return {
        "uncached_input_tokens": base,
        "cache_read_input_tokens": 2 * base,
        "cache_creation": {
            "ephemeral_5m_input_tokens": 3 * base,
            "ephemeral_1h_input_tokens": 4 * base,
        },
        "output_tokens": 5 * base,
        "server_tool_use": {"web_search_requests": 0},
    }


def group(**dimensions: Any) -> dict[str, Any]:
    """The dimensions of a row of the analytics API."""
    return {
        "actor": user(),
        "model": "claude-sonnet-5",
        "service_tier": "standard",
        "context_window": "0-200k",
        "inference_geo": "global",
        "product": None,
        "workspace_id": None,
        "api_key_id": None,
    } | dimensions


def usage_item(day: date, base: int = 1, **dimensions: Any) -> dict[str, Any]:
    """A row of `analytics/usage`."""
    counts = tokens(base) | {"total_tokens": 15 * base, "requests": base}
    return _span(day) | {"group": group(**dimensions), "usage": counts}


def cost_item(
    day: date, amount: Any, list_amount: Any, **dimensions: Any
) -> dict[str, Any]:
    """A row of `analytics/cost`."""
    kind = {"cost_type": "tokens", "token_type": "output_tokens"}
    cost = {"amount": amount, "list_amount": list_amount, "currency": "USD"}
    return _span(day) | {"group": group(**(kind | dimensions)), "cost": cost}


def report(data: Iterable[Any], next_page: str | None = None) -> dict[str, Any]:
    """A page of a report."""
    return {
        "data": list(data),
        "has_more": next_page is not None,
        "next_page": next_page,
        "data_refreshed_at": "2027-02-05T04:30:00Z",
    }


def legacy_row(base: int = 1, **more: Any) -> dict[str, Any]:
    """A row of the older usage report."""
    dimensions = {
        "account_id": None,
        "service_account_id": None,
        "api_key_id": None,
        "workspace_id": None,
        "model": "claude-sonnet-5",
        "service_tier": "standard",
        "context_window": "0-200k",
        "inference_geo": "global",
    }
    return tokens(base) | dimensions | more


def legacy_cost_row(amount: str, **more: Any) -> dict[str, Any]:
    """A row of the older cost report."""
    return {
        "amount": amount,
        "currency": "USD",
        "cost_type": "tokens",
        "token_type": "output_tokens",
        "model": "claude-sonnet-5",
        "service_tier": "standard",
        "context_window": "0-200k",
        "inference_geo": "global",
        "description": "Output tokens",
        "workspace_id": None,
    } | more


def bucket(day: date, *rows: dict[str, Any]) -> dict[str, Any]:
    """A day of an older report."""
    return _span(day) | {"results": list(rows)}


def refusal(kind: str, message: str) -> dict[str, Any]:
    """An error body."""
    error = {"type": kind, "message": message}
    return {"type": "error", "error": error, "request_id": "req_1"}


def days_asked(query: dict[str, list[str]]) -> list[date]:
    """The days a request asks for."""
    first, end = (
        datetime.fromisoformat(query[name][0]).date()
        for name in ("starting_at", "ending_at")
    )
    return [first + timedelta(days=n) for n in range((end - first).days)]


def rows(table: Table, pages: Iterable[Page]) -> list[dict[str, Any]]:
    """All rows of the pages, which have exactly the table's columns and one row a
    key, null equal to null."""
    names = [column.name for column in table.columns]
    found: list[dict[str, Any]] = []
    for page in pages:
        assert set(page.columns) == set(names)
        columns = [page.columns[name] for name in names]
        found += [
            dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
        ]
    keys = {tuple(row[name] for name in table.key) for row in found}
    assert len(keys) == len(found)
    return found


def _span(day: date) -> dict[str, str]:
    end = day + timedelta(days=1)
    return {"starting_at": f"{day}T00:00:00Z", "ending_at": f"{end}T00:00:00Z"}
