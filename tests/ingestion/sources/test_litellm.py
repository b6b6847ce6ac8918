"""What is special to LiteLLM: pages that move, capped totals, cache counts in two
places, and content beside the counters."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from loopback import Query, vendor

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.errors import Unavailable
from ingestion.page import Page
from ingestion.sources import litellm
from ingestion.window import Window

SHARED = Path(__file__).parents[4] / "shared/data/vendors/litellm"
PRISMA = SHARED / "litellm_spend_tables.prisma"
DAY = Window(date(2026, 11, 20), date(2026, 11, 20))
CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))


def call(request_id: str, **said: Any) -> dict[str, Any]:
    """A call as the proxy logs it."""
    return {
        "request_id": request_id,
        "startTime": "2026-11-20T12:00:00Z",
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "total_tokens": 110,
        "spend": 0.001,
        **said,
    }


def pages(
    lists: Sequence[list[dict[str, Any]]],
    total: int,
    *,
    is_capped: bool = False,
    total_pages: int | None = None,
    asked: list[Query] | None = None,
    window: Window = DAY,
    **said: Any,
) -> list[Page]:
    """The pages of a day whose lists these are; beyond the last they are empty."""

    def answer(path: str, query: Query) -> tuple[int, Any]:
        assert path == "/spend/logs/v2"
        number = int(query["page"][0])
        if asked is not None:
            asked.append(query)
        return 200, {
            "data": lists[number - 1] if number <= len(lists) else [],
            "total": total,
            "page": number,
            "page_size": 1000,
            "total_pages": len(lists) if total_pages is None else total_pages,
            "total_is_capped": is_capped,
        }

    with vendor(answer) as told:
        named = {"starts_on": DAY.first, "base_url": told.url, **said}
        settings = litellm.LiteLLM.model_validate(named)
        around = Surroundings(CLOCK, lambda _: "key", Path(), lambda _: None)
        connection = litellm.CONNECTOR.connect(settings, around)
        return list(litellm.spend_logs(connection, window))


def column(found: list[Page], name: str) -> list[Any]:
    return [value for page in found for value in page.columns[name]]


def counted(**usage: Any) -> list[Any]:
    """What a call with these further counters read from and wrote to caches."""
    logged = call("a", metadata={"additional_usage_values": usage})
    found = pages([[logged]], 1)
    return column(found, "cache_read_tokens") + column(found, "cache_creation_tokens")


def test_a_day_of_more_calls_than_the_proxy_counts_is_read_to_its_end() -> None:
    lists = [[call("a"), call("b")], [call("c")], [call("d")]]
    found = pages(lists, 2, is_capped=True, total_pages=1)
    assert column(found, "request_id") == ["a", "b", "c", "d"]


def test_a_call_that_slid_onto_the_next_page_is_no_second_call() -> None:
    with pytest.raises(Unavailable, match="came twice"):
        pages([[call("a"), call("b")], [call("b"), call("c")]], 4)


@pytest.mark.parametrize("total", [1, 3])
def test_another_number_of_calls_than_the_proxy_counts_is_refused(total: int) -> None:
    with pytest.raises(Unavailable, match=f"2 calls came of {total}"):
        pages([[call("a"), call("b")]], total)


def test_fewer_calls_than_a_capped_total_are_refused() -> None:
    with pytest.raises(Unavailable, match="1 calls came of 2"):
        pages([[call("a")]], 2, is_capped=True)


def test_calls_are_asked_by_the_day_and_the_oldest_first() -> None:
    asked: list[Query] = []
    pages([[call("a")]], 1, asked=asked)
    assert asked[0]["start_date"] == ["2026-11-20 00:00:00"]
    assert asked[0]["end_date"] == ["2026-11-21 00:00:00"]
    assert asked[0]["sort_order"] == ["asc"]


def test_days_whose_logs_the_proxy_removed_are_not_asked_for() -> None:
    asked: list[Query] = []
    older = Window(date(2026, 11, 19), date(2026, 11, 21))
    found = pages([[call("a")]], 1, asked=asked, window=older, logs_kept_days=5)
    assert [q["start_date"] for q in asked] == [["2026-11-21 00:00:00"]]
    assert found[0].unreported == Window(date(2026, 11, 19), date(2026, 11, 20))
    assert found[0].note == "the proxy has removed its logs of these days"


def test_midnight_belongs_to_the_next_day_alone() -> None:
    next_day = call("b", startTime="2026-11-21T00:00:00Z")
    found = pages([[call("a"), next_day]], 2)
    assert column(found, "request_id") == ["a"]


def test_an_instant_without_a_zone_is_in_utc() -> None:
    (at,) = column(
        pages([[call("a", startTime="2026-11-20T23:59:59")]], 1), "started_at"
    )
    assert at == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)


def test_cache_counts_are_found_in_the_words_of_either_provider() -> None:
    assert counted(cache_read_input_tokens=80, cache_creation_input_tokens=5) == [80, 5]
    assert counted(prompt_tokens_details={"cached_tokens": 80}) == [80, None]


def test_a_cache_count_told_twice_counts_once() -> None:
    nested = {"cached_tokens": 80, "cache_creation_tokens": 5}
    assert counted(cache_read_input_tokens=80, prompt_tokens_details=nested) == [80, 5]
    assert counted(cache_read_input_tokens=0, prompt_tokens_details=nested) == [80, 5]


@pytest.mark.parametrize(
    "metadata", [None, {}, {"additional_usage_values": {"prompt_tokens_details": None}}]
)
def test_cache_counts_that_nobody_tells_are_not_zero(metadata: Any) -> None:
    found = pages([[call("a", metadata=metadata)]], 1)
    assert column(found, "cache_read_tokens") == [None]
    assert column(found, "cache_creation_tokens") == [None]


def test_a_failed_call_is_kept_with_what_the_proxy_says_of_it() -> None:
    failed = {"status": "failure", "spend": None, "prompt_tokens": 0}
    found = pages([[call("a", **failed), call("b", spend=0.30000000000000004)]], 2)
    assert column(found, "status") == ["failure", None]
    assert column(found, "spend_usd") == [None, Decimal("0.3")]
    assert column(found, "prompt_tokens") == [0, 100]


def test_nothing_that_was_said_to_or_by_a_model_is_stored() -> None:
    noted = {
        "error_information": {"error_message": "SECRET PLAN"},
        "guardrail_information": [{"guardrail_response": "SECRET PLAN"}],
        "mcp_tool_call_metadata": {"arguments": {"q": "SECRET PLAN"}},
        "vector_store_request_metadata": [{"query": "SECRET PLAN"}],
        "spend_logs_metadata": {"note": "SECRET PLAN"},
        "user_api_key_alias": "reports",
    }
    said = [{"role": "user", "content": "SECRET PLAN"}]
    logged = call(
        "a",
        messages=said,
        response={"choices": said},
        proxy_server_request={"body": {"messages": said}},
        request_tags=["SECRET PLAN"],
        metadata=noted,
    )
    (page,) = pages([[logged]], 1)
    assert b"SECRET PLAN" not in page.body
    assert b"reports" in page.body
    assert not page.unknown_fields


def test_a_day_without_calls_says_why_it_is_empty() -> None:
    (page,) = pages([], 0)
    assert page.row_count == 0
    assert page.note


def test_every_column_of_the_proxys_table_of_calls_is_known() -> None:
    if not PRISMA.exists():
        pytest.skip("the proxy's table definitions are not beside the checkout")
    (told,) = re.findall(r"model LiteLLM_SpendLogs {(.*?)\n}", PRISMA.read_text(), re.S)
    names = re.findall(r"^\s+([A-Za-z]\w*)\s", told, re.M)
    assert {"request_id", "spend", "metadata", "proxy_server_request"} <= set(names)
    rest = {name: None for name in names if name != "metadata"}
    (page,) = pages([[rest | call("a")]], 1)
    assert page.unknown_fields == frozenset()
    assert column([page], "request_id") == ["a"]
