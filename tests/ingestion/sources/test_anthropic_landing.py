"""Anthropic's pages in a real lake: types, exact sums, replay without the vendor."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from anthropic_bodies import (
    CLOCK,
    COST_PATH,
    LEGACY_COST_PATH,
    LEGACY_USAGE_PATH,
    USAGE_PATH,
    api,
    bucket,
    cost_item,
    days_asked,
    legacy_cost_row,
    legacy_row,
    report,
    usage_item,
    user,
)
from loopback import Answer, Query, vendor

from ingestion.lake import Lake
from ingestion.sources import anthropic
from ingestion.sources.anthropic.reach import analytics_from
from ingestion.sources.anthropic.tables import (
    API_KEYS,
    COST,
    TABLES,
    USAGE,
    USAGE_BY_KEY,
    USERS,
    WORKSPACES,
)
from ingestion.window import Window

FIRST = analytics_from(CLOCK)
WINDOW = Window(FIRST - timedelta(days=2), FIRST + timedelta(days=2))
DIRECTORIES = {
    "users": {
        "email": "a@company.example",
        "role": "user",
        "added_at": "2026-01-01T00:00:00Z",
    },
    "api_keys": {
        "status": "active",
        "created_by": {"id": "user_1", "type": "user"},
        "principal": None,
        "workspace_id": None,
        "created_at": "2026-01-01T02:00:00+02:00",
        "expires_at": None,
    },
    "workspaces": {"created_at": "2026-01-01T00:00:00Z", "archived_at": None},
}


def organisation(path: str, query: Query) -> Answer:
    """Two days of the older reports and three of the analytics API, two rows a day."""
    if (name := path.rsplit("/", 1)[1]) in DIRECTORIES:
        row = {"id": f"{name}_1"} | DIRECTORIES[name]
        return 200, {"data": [row], "has_more": False, "last_id": row["id"]}
    days = days_asked(query)
    if path == LEGACY_USAGE_PATH:
        rows = (
            legacy_row(2, account_id="user_1"),
            legacy_row(3, api_key_id="apikey_1"),
        )
        return 200, report(bucket(day, *rows) for day in days)
    if path == LEGACY_COST_PATH:
        return 200, report(bucket(day, legacy_cost_row("1.5")) for day in days)
    item = (
        usage_item
        if path == USAGE_PATH
        else lambda day, n, **more: cost_item(day, "0.000000000001", "3", **more)
    )
    assert path in (USAGE_PATH, COST_PATH)
    return 200, report(item(day, n, actor=user(n)) for day in days for n in (2, 3))


def test_all_tables_land_with_exact_sums_and_one_receipt_a_day(tmp_path: Path) -> None:
    lake = Lake(tmp_path, CLOCK)
    lake.initialise(TABLES)
    with vendor(organisation) as served:
        client = api(served)
        for table, report_of in (
            (USAGE, anthropic.usage),
            (USAGE_BY_KEY, anthropic.usage_by_key),
            (COST, anthropic.cost),
        ):
            pages = report_of(client, WINDOW, CLOCK)
            receipts = lake.replace_days(table, WINDOW, pages)
            assert [receipt.window_day for receipt in receipts] == WINDOW.days()
        for table, listed in (
            (USERS, anthropic.users),
            (API_KEYS, anthropic.api_keys),
            (WORKSPACES, anthropic.workspaces),
        ):
            assert lake.merge(table, listed(client)).row_count == 1
    used, spent = lake.current(USAGE), lake.current(COST)
    assert used.num_rows == lake.current(USAGE_BY_KEY).num_rows == 10
    assert sum(used["output_tokens"].to_pylist()) == 5 * 5 * (2 + 3)
    assert sorted(set(used["endpoint"].to_pylist())) == ["analytics", "legacy"]
    assert sum(spent["amount_cents"].to_pylist()) == Decimal("3.000000000006")
    (created_at,) = lake.current(API_KEYS)["created_at"].to_pylist()
    assert created_at.isoformat() == "2026-01-01T00:00:00"


def test_stored_pages_give_the_same_rows_again_without_the_vendor(
    tmp_path: Path,
) -> None:
    lake = Lake(tmp_path, CLOCK)
    with vendor(organisation) as served:
        pages = anthropic.usage(api(served), WINDOW, CLOCK)
        receipts = lake.replace_days(USAGE, WINDOW, pages)
    stored = lake.stored_pages(USAGE, receipts[0].pull_id)
    with vendor(lambda path, query: (200, stored.pop(0))) as replay:
        pages = anthropic.usage(api(replay), WINDOW, CLOCK)
        again = lake.replace_days(USAGE, WINDOW, pages)
    assert {receipt.outcome for receipt in again} == {"unchanged"}
