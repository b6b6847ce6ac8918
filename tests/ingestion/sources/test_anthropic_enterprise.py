"""Claude Enterprise: its rows by user, its floors, and the plan that it needs."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from anthropic_bodies import CLOCK, example, refusal, rows
from loopback import Answer, Query, Vendor, vendor

from ingestion.clock import FixedClock
from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    MissingPermission,
    SchemaChanged,
    Unavailable,
)
from ingestion.http import Api
from ingestion.page import Page
from ingestion.simulator import Company, serving
from ingestion.simulator.anthropic_enterprise import ANALYTICS_KEY, CONSOLE_KEY
from ingestion.sources import anthropic_enterprise as enterprise
from ingestion.sources.anthropic_enterprise.tables import (
    USER_ACTIVITY,
    USER_COST,
    USER_USAGE,
)
from ingestion.window import Window

BASE = "/v1/organizations/analytics"
KEY = "sk-ant-api01-generated-for-tests-only"
DAY = date(2027, 2, 1)
ONE_DAY = Window(DAY, DAY)


def api(served: Vendor) -> Api:
    """A client of the vendor that never waits."""
    return enterprise.connection(served.url, KEY, sleep=lambda seconds: None)


@pytest.fixture(scope="module")
def organisation() -> Iterator[str]:
    with serving(Company()) as url:
        yield f"{url}/anthropic_enterprise"


def official(name: str) -> dict[str, Any]:
    """The official body as the last page of a day that the vendor still has."""
    text = json.dumps(example(name)).replace(
        "2019-12-27T18:11:19.117Z", f"{DAY}T00:00:00Z"
    )
    body = json.loads(text) | {"next_page": None}
    return body | {"has_more": False} if "has_more" in body else body


def usage_row(tokens: int = 1, **more: Any) -> dict[str, Any]:
    row = official("enterprise_analytics_usage_by_user")["data"][0]
    actor = {"type": "user_actor", "user_id": "user_1", "email": None, "deleted": True}
    return row | {"actor": actor, "output_tokens": tokens} | more


def report(*found: dict[str, Any], next_page: str | None = None) -> dict[str, Any]:
    return {
        "data": list(found),
        "has_more": next_page is not None,
        "next_page": next_page,
        "data_refreshed_at": "2027-02-05T02:00:00Z",
        "organization_id": "org_1",
    }


def usage_of(*found: dict[str, Any]) -> list[dict[str, Any]]:
    with vendor(lambda path, query: (200, report(*found))) as served:
        pages = list(enterprise.user_usage(api(served), ONE_DAY, CLOCK))
    return rows(USER_USAGE, pages)


def test_the_official_examples_are_read() -> None:
    bodies = {
        f"{BASE}/user_usage_report": official("enterprise_analytics_usage_by_user"),
        f"{BASE}/user_cost_report": official("enterprise_analytics_cost_by_user"),
        f"{BASE}/users": official("enterprise_analytics_users"),
    }
    with vendor(lambda path, query: (200, bodies[path])) as served:
        usage = list(enterprise.user_usage(api(served), ONE_DAY, CLOCK))
        cost = list(enterprise.user_cost(api(served), ONE_DAY, CLOCK))
        activity = list(enterprise.user_activity(api(served), ONE_DAY))
    for page in (*usage, *cost, *activity):
        assert page.unknown_fields == frozenset()
    (used,) = rows(USER_USAGE, usage)
    assert used["user_email"] == "jane@example.com"
    assert used["is_deleted_user"] is True
    classes = [name for name in used if name.endswith("_tokens")]
    classes.remove("total_tokens")
    assert sum(used[name] for name in classes) == used["total_tokens"] == 5377000
    (charged,) = rows(USER_COST, cost)
    assert charged["amount_cents"] == Decimal("41280")  # cents: 412.80 dollars
    (did,) = rows(USER_ACTIVITY, activity)
    assert (did["usage_date"], did["user_id"]) == (DAY, "id")


def test_a_month_is_asked_for_by_day_and_read_to_its_last_page() -> None:
    def answer(path: str, query: Query) -> Answer:
        if "page" in query:
            return 200, report(usage_row(2, product="cowork"))
        return 200, report(usage_row(1), next_page="page_2")

    with vendor(answer) as served:
        pages = list(enterprise.user_usage(api(served), ONE_DAY, CLOCK))
        first, second = served.queries(f"{BASE}/user_usage_report")
    assert first["bucket_width"] == ["1d"]
    assert first["starting_at"] == ["2027-02-01T00:00:00Z"]
    assert first["ending_at"] == ["2027-02-02T00:00:00Z"]
    assert first["limit"] == ["1000"]
    assert first["group_by[]"] == [
        "product",
        "model",
        "context_window",
        "inference_geo",
    ]
    assert second["page"] == ["page_2"]
    assert [row["output_tokens"] for row in rows(USER_USAGE, pages)] == [1, 2]
    assert pages[0].refreshed_at == datetime(2027, 2, 5, 2, tzinfo=UTC)


def test_a_page_that_breaks_off_keeps_nothing() -> None:
    body = report(usage_row()) | {"has_more": True}
    with (
        vendor(lambda path, query: (200, body)) as served,
        pytest.raises(Unavailable, match="names no next page"),
    ):
        list(enterprise.user_usage(api(served), ONE_DAY, CLOCK))


def test_both_spellings_of_the_e_mail_are_read() -> None:
    actor = {"type": "user_actor", "user_id": "user_1", "deleted": False}
    for name in ("email", "email_address"):
        (row,) = usage_of(usage_row(actor={**actor, name: "ann@company.example"}))
        assert row["user_email"] == "ann@company.example"


def test_a_row_without_user_is_kept() -> None:
    (row,) = usage_of(usage_row(7, actor={"type": "new_actor", "user_id": None}))
    assert (row["actor_type"], row["user_id"]) == ("new_actor", None)
    assert row["output_tokens"] == 7


@pytest.mark.parametrize("amount", ["12,50", "1.0000000000001", "NaN", ""])
def test_an_amount_that_is_no_exact_number_of_cents_stops_the_table(
    amount: str,
) -> None:
    body = official("enterprise_analytics_cost_by_user")
    body["data"][0]["amount"] = amount
    with (
        vendor(lambda path, query: (200, body)) as served,
        pytest.raises(SchemaChanged, match="amount"),
    ):
        list(enterprise.user_cost(api(served), ONE_DAY, CLOCK))


def test_days_before_the_reports_are_not_asked_for() -> None:
    with vendor(lambda path, query: (200, report())) as served:
        old = Window(date(2025, 12, 30), date(2025, 12, 31))
        for pages in (
            list(enterprise.user_usage(api(served), old, CLOCK)),
            list(enterprise.user_cost(api(served), old, CLOCK)),
            list(enterprise.user_activity(api(served), old)),
        ):
            assert all("first day" in page.note for page in pages)
            assert pages
        assert served.asked == []
        edge = Window(date(2026, 1, 30), date(2026, 2, 9))
        list(enterprise.user_usage(api(served), edge, CLOCK))
        (query,) = served.queries(f"{BASE}/user_usage_report")
    # A year back from 2027-02-05, less two days.
    assert query["starting_at"] == ["2026-02-07T00:00:00Z"]


def too_early(message: str) -> list[Page]:
    """The pages of a day that the vendor refuses with this message."""
    body = refusal("invalid_request_error", message)
    with vendor(lambda path, query: (400, body)) as served:
        return list(enterprise.user_activity(api(served), ONE_DAY))


def test_a_day_that_is_not_ready_is_empty_and_names_the_newest_one() -> None:
    pages = too_early("Data for 2027-02-01 is not available; latest is 2027-01-31.")
    assert [page.row_count for page in pages] == [0]
    assert pages[0].note == "no report for this day yet; the newest is of 2027-01-31"


def test_any_other_refusal_is_a_failure() -> None:
    with pytest.raises(Misconfigured, match="limit"):
        too_early("limit: must be at most 1000")
    with pytest.raises(Misconfigured):
        too_early("date: 2027-02-01 is no valid value")


def test_a_product_that_the_organisation_lacks_is_null_and_not_zero() -> None:
    person = official("enterprise_analytics_users")["data"][0]
    del person["claude_code_metrics"]
    body = {"data": [person], "next_page": None}
    with vendor(lambda path, query: (200, body)) as served:
        (row,) = rows(USER_ACTIVITY, enterprise.user_activity(api(served), ONE_DAY))
    assert row["chat_messages"] == 0
    assert row["code_commits"] is None
    assert row["write_tool_accepted"] is None


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_key_of_the_console_is_told_which_plan_it_lacks(status: int) -> None:
    kind = {401: BadCredentials, 403: MissingPermission, 404: MissingPermission}
    body = refusal("permission_error", f"not for {KEY}")
    with vendor(lambda path, query: (status, body)) as served:
        probe = enterprise.probe(api(served), CLOCK)
        with pytest.raises(kind[status]) as refused:
            list(enterprise.user_usage(api(served), ONE_DAY, CLOCK))
    for fix in (refused.value.fix, *(each.fix for each in probe.problems)):
        assert "Claude Enterprise plan" in fix
        assert "read:analytics" in fix
    assert KEY not in f"{probe}{refused.value}"


def test_the_doctor_names_organisation_and_newest_day(organisation: str) -> None:
    connected = enterprise.connection(organisation, ANALYTICS_KEY)
    probe = enterprise.probe(connected, CLOCK)
    assert probe.is_usable
    assert probe.account is not None
    assert probe.newest_day == date(2027, 2, 4)
    assert probe.permissions == (
        "usage of users",
        "cost of users",
        "activity of users",
    )
    weak = enterprise.probe(enterprise.connection(organisation, CONSOLE_KEY), CLOCK)
    assert len(weak.problems) == 3


def test_the_simulated_day_of_yesterday_is_not_ready_in_the_morning(
    organisation: str,
) -> None:
    connected = enterprise.connection(organisation, ANALYTICS_KEY)
    yesterday = date(2027, 2, 4)
    (page,) = enterprise.user_activity(connected, Window(yesterday, yesterday))
    assert "newest is of 2027-02-03" in page.note
    ready = yesterday - timedelta(days=1)
    pages = list(enterprise.user_activity(connected, Window(ready, ready)))
    assert rows(USER_ACTIVITY, pages)


def test_totals_of_the_simulated_rows_close(organisation: str) -> None:
    connected = enterprise.connection(organisation, ANALYTICS_KEY)
    clock = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))
    days = Window(date(2026, 11, 2), date(2026, 11, 15))
    used = rows(USER_USAGE, enterprise.user_usage(connected, days, clock))
    classes = [name for name in used[0] if name.endswith("_tokens")]
    classes.remove("total_tokens")
    for row in used:
        assert sum(row[name] for name in classes) == row["total_tokens"]
    charged = rows(USER_COST, enterprise.user_cost(connected, days, clock))
    # Beyond the seats only: fewer users are charged than have used it.
    assert {row["user_id"] for row in charged} < {row["user_id"] for row in used}
