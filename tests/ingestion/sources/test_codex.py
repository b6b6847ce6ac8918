"""What Codex usage of a workspace lands as."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from loopback import Answer, Query, vendor

from ingestion.clock import FixedClock
from ingestion.errors import Misconfigured, SchemaChanged, Unavailable
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.simulator import PRESENT, Company, serving
from ingestion.simulator.codex import KEY, VENDOR
from ingestion.sources import codex
from ingestion.sources.codex.connection import Connection
from ingestion.sources.codex.tables import USAGE
from ingestion.window import Window

EXAMPLE = (
    Path(__file__).parents[4]
    / "shared/data/vendors/openai/codex_enterprise_analytics_synthetic.json"
)
DAY = date(2027, 1, 1)
WINDOW = Window(DAY, date(2027, 1, 2))
PATH = "/v1/analytics/codex/workspaces/works-1/usage"


def at(url: str, workspace_id: str = "works-1") -> Connection:
    """A workspace whose client never waits."""
    api = codex.connection(url, KEY, sleep=lambda seconds: None)
    return Connection(api, workspace_id, FixedClock(PRESENT))


def seconds(day: date, hour: int = 0) -> int:
    return int(datetime.combine(day, time(hour), UTC).timestamp())


def row(**more: Any) -> dict[str, Any]:
    """A row of one person and day."""
    return {
        "object": "workspace.codex.usage",
        "start_time": seconds(DAY),
        "end_time": seconds(DAY) + 86_400,
        "user_id": "user-1",
        "email": "A@company.example",
        "actor": {"type": "user", "user_id": "user-1"},
        "totals": {"threads": 2, "turns": 9, "credits": 1.5},
        "clients": [],
        "models": [],
        "code_attribution": {"lines_added": 3, "lines_removed": 1},
    } | more


def report(*rows: dict[str, Any], next_page: str | None = None) -> dict[str, Any]:
    more = next_page is not None
    return {"object": "page", "data": rows, "has_more": more, "next_page": next_page}


def column(pages: Iterable[Page], name: str) -> list[Any]:
    return [value for page in pages for value in page.columns[name]]


def landed(*rows: dict[str, Any]) -> list[Page]:
    """The pages of an answer with these rows."""
    with vendor(lambda path, query: (200, report(*rows))) as served:
        return list(codex.usage(at(served.url), WINDOW))


def test_days_are_asked_end_exclusive_and_read_to_the_last_page() -> None:
    def answer(path: str, query: Query) -> Answer:
        if "page" not in query:
            return 200, report(row(), next_page="2")
        return 200, report(row(user_id="user-2"))

    with vendor(answer) as served:
        pages = list(codex.usage(at(served.url), WINDOW))
    assert column(pages, "principal_id") == ["user-1", "user-2"]
    first, second = served.queries(PATH)
    assert first["start_time"] == [str(seconds(DAY))]
    assert first["end_time"] == [str(seconds(date(2027, 1, 3)))]
    assert second["page"] == ["2"]


def test_a_page_that_promises_more_and_names_none_keeps_nothing() -> None:
    broken = report(row()) | {"has_more": True}
    with (
        vendor(lambda path, query: (200, broken)) as served,
        pytest.raises(Unavailable, match="names no next"),
    ):
        list(codex.usage(at(served.url), WINDOW))


def test_tokens_and_money_that_are_not_told_are_unknown_and_not_zero() -> None:
    pages = landed(row())
    for name in ("uncached_text_input_tokens", "text_total_tokens", "cost_usd"):
        assert column(pages, name) == [None]
    assert column(pages, "credits") == [Decimal("1.5")]
    assert column(pages, "threads") == [2]


def test_rows_that_nobody_is_named_in_are_added_and_kept() -> None:
    nobody = {"user_id": None, "email": None, "actor": None}
    pages = landed(row(**nobody), row(**nobody), row())
    assert column(pages, "principal_type") == ["unknown", "user"]
    assert column(pages, "principal_id") == ["", "user-1"]
    assert column(pages, "turns") == [18, 9]
    assert column(pages, "credits") == [3, Decimal("1.5")]
    assert column(pages, "text_total_tokens") == [None, None]


def test_who_is_known_by_e_mail_alone_keeps_it_as_the_id() -> None:
    actor = {"type": "user", "email": "b@company.example"}
    pages = landed(row(user_id=None, email=None, actor=actor))
    assert column(pages, "principal_id") == ["b@company.example"]
    assert column(pages, "principal_email") == ["b@company.example"]


def test_a_kind_of_actor_that_is_new_to_us_passes_as_unknown() -> None:
    kinds = ("service_account", "hologram")
    rows = [row(user_id=k, actor={"type": k, "user_id": k}) for k in kinds]
    pages = landed(*rows)
    assert column(pages, "principal_type") == ["service_account", "unknown"]
    assert column(pages, "principal_id") == ["service_account", "hologram"]


def test_hours_of_a_day_stand_side_by_side() -> None:
    hours = [(seconds(DAY, hour), seconds(DAY, hour + 1)) for hour in (8, 9)]
    pages = landed(*(row(start_time=a, end_time=b) for a, b in hours))
    assert column(pages, "usage_date") == [DAY, DAY]
    assert [start.hour for start in column(pages, "started_at")] == [8, 9]


def test_a_row_that_is_not_within_one_day_stops_the_table() -> None:
    with pytest.raises(SchemaChanged, match="not within one UTC day"):
        landed(row(end_time=seconds(DAY) + 2 * 86_400))


def test_an_empty_answer_says_so() -> None:
    (page,) = landed()
    assert page.note == "no usage reported"


def test_a_request_that_the_vendor_cannot_use_names_the_workspace() -> None:
    body = {"error": {"message": "workspace_id is not valid"}}
    with (
        vendor(lambda path, query: (422, body)) as served,
        pytest.raises(Misconfigured, match=r"not valid.*check workspace_id"),
    ):
        list(codex.usage(at(served.url), WINDOW))


def test_the_made_up_body_of_the_documented_shape_is_read() -> None:
    if not EXAMPLE.exists():
        pytest.skip("the vendor's example bodies are not beside the checkout")
    body = json.loads(EXAMPLE.read_text())["response"]
    (page,) = landed(*body["data"])
    assert page.unknown_fields == frozenset()
    assert {name: values[0] for name, values in page.columns.items()} == {
        "usage_date": date(2025, 11, 20),
        "started_at": datetime(2025, 11, 20, tzinfo=UTC),
        "principal_type": "user",
        "principal_id": "user-abc",
        "principal_email": "developer@company.com",
        "threads": 6,
        "turns": 41,
        "credits": Decimal("128.4"),
        "uncached_text_input_tokens": 410_000,
        "cached_text_input_tokens": 3_900_000,
        "text_output_tokens": 88_000,
        "text_total_tokens": 4_398_000,
        "cost_usd": None,
        "estimated_cost_usd": None,
        "lines_added": 900,
        "lines_removed": 210,
        "usd_per_credit": None,
    }


def test_tokens_of_every_principal_are_those_of_the_truth(tmp_path: Path) -> None:
    company = Company()
    last = PRESENT.date() - timedelta(days=30)
    window = Window(last - timedelta(days=20), last)
    lake = Lake(tmp_path, FixedClock(PRESENT))
    with serving(company) as url:
        settings = VENDOR.settings(f"{url}/codex", tmp_path)
        workspace = at(settings["base_url"], settings["workspace_id"])
        lake.replace_days(USAGE, window, codex.usage(workspace, window))
    names = {
        "uncached_text_input_tokens": "input_uncached",
        "cached_text_input_tokens": "cache_read",
        "text_output_tokens": "output",
    }
    found: dict[Any, int] = defaultdict(int)
    for used in lake.current(USAGE).to_pylist():
        assert used["text_total_tokens"] == sum(used[name] for name in names)
        for name, token_class in names.items():
            key = (used["usage_date"], used["principal_type"], used["principal_id"])
            found[*key, token_class] += used[name]
    assert VENDOR.truth is not None
    told = ("usage_date", "principal_type", "principal_id", "token_class")
    truth = [
        row
        for row in VENDOR.truth(company, None).to_pylist()
        if window.first <= row["usage_date"] <= window.last
    ]
    assert {key: n for key, n in found.items() if n} == {
        tuple(row[name] for name in told): row["tokens"]
        for row in truth
        if row["token_class"] != "none"
    }
    assert {row["attribution"] for row in truth} == {
        "person",
        "service",
        "unattributed",
    }
