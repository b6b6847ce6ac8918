"""Answers of GitHub's Copilot endpoints made for a test, and GitHub's own schemas."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer, Query, Vendor, vendor

from ingestion.clock import Clock, FixedClock
from ingestion.connector import Surroundings
from ingestion.page import Page
from ingestion.sources import copilot

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/github"
CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))
TOKEN = "generated-for-tests-only"
DAY = date(2027, 2, 1)
REPORTS = "/orgs/works/copilot/metrics/reports/users-1-day"
SEATS = "/orgs/works/copilot/billing/seats"
CREDITS = "/organizations/works/settings/billing/ai_credit/usage"
NOT_FOUND = (404, {"message": "Not Found", "status": "404"})
NO_REPORT = (204, b"")
Rows = list[dict[str, Any]]


def connection(vendor: Vendor, clock: Clock = CLOCK, **settings: Any) -> Any:
    """A connection to a loopback vendor; waits take no time."""
    named = {"organization": "works", "starts_on": date(2026, 6, 1), **settings}
    return copilot.CONNECTOR.connect(
        copilot.Copilot(base_url=vendor.url, **named),
        Surroundings(clock, lambda name: TOKEN, Path(), lambda seconds: None),
    )


def github(told: dict[str, Vendor], answers: dict[str, Any]) -> Callable[..., Answer]:
    """Answers by path: fixed ones, or functions of the query. `{url}` in an answer is
    the address of the vendor that a test puts into `told`."""

    def answer(path: str, query: Query) -> Answer:
        found = answers.get(path, NOT_FOUND)
        status, content = found(query) if callable(found) else found
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        url = told["at"].url if "at" in told else ""
        return status, content.replace(b"{url}", url.encode())

    return answer


def links(*names: str) -> Answer:
    """A report of one file per name."""
    found = [f"{{url}}/files/{name}?sig=signed-{name}" for name in names]
    return 200, {"download_links": found, "report_day": str(DAY)}


def user_day(user_id: int, login: str, **more: Any) -> dict[str, Any]:
    """A row of the report with the keys that are always there."""
    return {"user_id": user_id, "user_login": login, "day": str(DAY), **more}


def lines(*rows: dict[str, Any]) -> Answer:
    """A report file."""
    return 200, b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def item(quantity: float, discount: float = 0, model: str = "GPT-5") -> dict[str, Any]:
    """A line of the billing: quantity and discount in credits of one cent."""
    net = quantity - discount
    return {
        "product": "Copilot", "sku": "Copilot AI Credits", "model": model,
        "unitType": "credits", "pricePerUnit": 0.01,
        "grossQuantity": quantity, "grossAmount": quantity / 100,
        "discountQuantity": discount, "discountAmount": discount / 100,
        "netQuantity": net, "netAmount": net / 100,
    }  # fmt: skip


def bills(of: dict[str | None, list[dict[str, Any]]]) -> Callable[[Query], Answer]:
    """The billing, by login asked about; None is the day's total."""

    def answer(query: Query) -> Answer:
        login = query.get("user", [None])[0]
        if login not in of:
            return NOT_FOUND
        body = {"timePeriod": {"year": 2027}, "organization": "works"}
        return 200, {**body, "usageItems": of[login]}

    return answer


def seats(*holders: tuple[int, str] | None) -> Answer:
    """A page of seats; None is one without a holder."""
    listed = [
        {
            "created_at": "2026-06-01T18:00:00-06:00",
            "plan_type": "business",
            "assignee": holder and {"id": holder[0], "login": holder[1]},
        }
        for holder in holders
    ]
    return 200, {"total_seats": len(listed), "seats": listed}


def reading(feed: Any, answers: dict[str, Any], *args: Any, **named: Any) -> Any:
    """(pages of a feed, what the vendor was asked) with these answers."""
    told: dict[str, Vendor] = {}
    with vendor(github(told, answers)) as told["at"]:
        pages = list(feed(connection(told["at"], **named), *args))
        return pages, told["at"]


def rows(pages: list[Page]) -> Rows:
    """The rows of pages as dictionaries."""
    found: Rows = []
    for page in pages:
        values = zip(*page.columns.values(), strict=True)
        found += [dict(zip(page.columns, row, strict=True)) for row in values]
    return found


@cache
def official(name: str) -> Any:
    """A file of GitHub's own, from beside the checkout."""
    if not EXAMPLES.is_dir():
        pytest.skip("GitHub's schemas and examples are not beside the checkout")
    return json.loads((EXAMPLES / name).read_text())


@cache
def schema(pointer: str) -> Any:
    """A schema of GitHub's OpenAPI description as JSON Schema, which has no
    `nullable`."""
    described = official("github_copilot_billing_openapi_excerpt.json")
    found = {"$ref": pointer, "components": described["components"]}
    if pointer.startswith("#/paths"):
        found["paths"] = described["paths"]
    return _with_null(found)


def _with_null(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_null(each) for each in value]
    if not isinstance(value, dict):
        return value
    rest = {name: _with_null(each) for name, each in value.items()}
    if rest.get("nullable") is True:
        return {"anyOf": [rest, {"type": "null"}]}
    return rest
