"""What OpenAI's usage and costs land as, and what they must not be mistaken for."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from loopback import Answer, Query, vendor
from openai_bodies import (
    BASE,
    COMPLETIONS,
    COSTS,
    Rows,
    api,
    column,
    cost,
    examples,
    only_completions,
    refusal,
    report,
    seconds,
    tokens,
)

from ingestion.errors import (
    Misconfigured,
    MissingPermission,
    SchemaChanged,
    Unavailable,
)
from ingestion.sources.openai import costs, usage
from ingestion.sources.openai.usage import ENDPOINTS
from ingestion.window import Window

DAY, NEXT = date(2027, 1, 1), date(2027, 1, 2)
WINDOW = Window(DAY, NEXT)
OLD = Window(date(2025, 12, 5), date(2025, 12, 6))


def used(rows: Rows) -> Any:
    """An organisation that used models only."""
    return partial(only_completions, (200, report(rows)))


def test_every_endpoint_is_asked_for_the_days_end_exclusive_and_by_whole_days() -> None:
    with vendor(used({})) as served:
        pages = list(usage(api(served), WINDOW))
    asked = [path.rpartition("/")[2] for path, _, _ in served.asked]
    assert asked == [endpoint.name for endpoint in ENDPOINTS]
    (query,) = served.queries(COMPLETIONS)
    assert query["start_time"] == [str(seconds(DAY))]
    assert query["end_time"] == [str(seconds(date(2027, 1, 3)))]
    assert (query["bucket_width"], query["limit"]) == (["1d"], ["31"])
    assert query["group_by[]"] == [
        "project_id",
        "user_id",
        "api_key_id",
        "model",
        "batch",
        "service_tier",
    ]
    assert [page.note for page in pages][:2] == [
        "no usage of completions reported",
        "no usage of embeddings reported",
    ]


def test_pages_are_read_until_no_more_follow_since_a_limit_counts_days() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path != COMPLETIONS:
            return 200, report({})
        if "page" not in query:
            return 200, report({DAY: [tokens()]}, next_page="page_2")
        return 200, report({NEXT: [tokens()]})

    with vendor(answer) as served:
        pages = list(usage(api(served), WINDOW))
    assert column(pages, "usage_date") == [DAY, NEXT]
    assert [q.get("page") for q in served.queries(COMPLETIONS)] == [None, ["page_2"]]


def test_a_page_that_promises_more_and_names_none_keeps_nothing() -> None:
    broken = report({DAY: [tokens()]}) | {"has_more": True}
    with (
        vendor(lambda path, query: (200, broken)) as served,
        pytest.raises(Unavailable, match="names no next page"),
    ):
        list(usage(api(served), WINDOW))


def test_numbers_that_an_older_answer_lacks_are_unknown_and_not_zero() -> None:
    row = tokens()
    for name in ("input_uncached_tokens", "input_cache_write_tokens"):
        del row[name]
    with vendor(used({DAY: [row]})) as served:
        pages = list(usage(api(served), WINDOW))
    assert column(pages, "input_uncached_tokens") == [None]
    assert column(pages, "input_cache_write_tokens") == [None]
    assert column(pages, "input_cached_tokens") == [40]
    assert column(pages, "images") == [None]


def test_rows_without_a_user_or_a_key_are_kept() -> None:
    rows = [tokens(user_id=None), tokens(user_id=None, api_key_id=None, model="new")]
    with vendor(used({DAY: rows})) as served:
        pages = list(usage(api(served), WINDOW))
    assert column(pages, "user_id") == [None, None]
    assert column(pages, "api_key_id") == ["key_1", None]


def test_a_tier_that_is_new_to_us_passes_as_it_is() -> None:
    row = tokens(service_tier="galactic", batch=None)
    with vendor(used({DAY: [row]})) as served:
        pages = list(usage(api(served), WINDOW))
    assert column(pages, "service_tier") == ["galactic"]
    assert column(pages, "is_batch") == [None]


def test_a_dimension_that_goes_missing_stops_the_table_by_its_name() -> None:
    row = tokens()
    del row["user_id"]
    with (
        vendor(used({DAY: [row]})) as served,
        pytest.raises(SchemaChanged, match=r"data\[\]\.results\[\]\.user_id"),
    ):
        list(usage(api(served), WINDOW))


def test_a_bucket_that_is_no_utc_day_stops_the_table() -> None:
    shifted = report({DAY: [tokens()]})
    shifted["data"][0]["start_time"] += 3600
    with (
        vendor(lambda path, query: (200, shifted)) as served,
        pytest.raises(SchemaChanged, match="not the start of a UTC day"),
    ):
        list(usage(api(served), WINDOW))


@pytest.mark.parametrize("status", [403, 404])
def test_an_endpoint_that_is_not_offered_is_noted_and_the_others_are_read(
    status: int,
) -> None:
    def answer(path: str, query: Query) -> Answer:
        if path.endswith("/embeddings"):
            return status, refusal("no such thing")
        return used({DAY: [tokens()]})(path, query)

    with vendor(answer) as served:
        pages = list(usage(api(served), WINDOW))
    assert len(pages) == len(ENDPOINTS)
    assert column(pages, "endpoint") == ["completions"]
    told = [page.note for page in pages if "not offered" in page.note]
    assert told == [f"embeddings is not offered to this key: status {status}"]


def test_a_key_that_may_not_read_usage_is_told_so() -> None:
    with (
        vendor(lambda path, query: (403, refusal("Missing scopes"))) as served,
        pytest.raises(MissingPermission, match=r"Missing scopes.*admin key"),
    ):
        list(usage(api(served), WINDOW))


def test_an_endpoint_that_breaks_off_with_a_refusal_keeps_nothing() -> None:
    def answer(path: str, query: Query) -> Answer:
        if not path.endswith("/embeddings"):
            return 200, report({})
        if "page" not in query:
            return 200, report({}, next_page="page_2")
        return 403, refusal("not any more")

    with (
        vendor(answer) as served,
        pytest.raises(MissingPermission, match="not any more"),
    ):
        list(usage(api(served), WINDOW))


def test_each_official_body_lands_in_its_own_columns() -> None:
    bodies = examples("openai_examples.json")

    def answer(path: str, query: Query) -> Answer:
        name = path.removeprefix("/v1")
        if path == COMPLETIONS and "page" in query:
            return 200, report({})
        return 200, bodies[name].encode()

    day = date(2024, 11, 1)
    with vendor(answer) as served:
        pages = [page for page in usage(api(served), Window(day, day))]
    found = {
        endpoint: {
            name: values[at]
            for page in pages
            for name, values in page.columns.items()
            for at, other in enumerate(page.columns["endpoint"])
            if other == endpoint and values[at] is not None
        }
        for endpoint in column(pages, "endpoint")
    }
    calls = {"num_model_requests": 2}
    assert {
        name: row.pop("usage_date") for name, row in found.items()
    } == dict.fromkeys(found, day)
    assert found == {
        "completions": {
            "endpoint": "completions",
            "input_tokens": 1000,
            "input_cached_tokens": 400,
            "input_cache_write_tokens": 100,
            "input_uncached_tokens": 500,
            "output_tokens": 500,
            "num_model_requests": 5,
        },
        "embeddings": {"endpoint": "embeddings", "input_tokens": 16, **calls},
        "moderations": {"endpoint": "moderations", "input_tokens": 16, **calls},
        "images": {"endpoint": "images", "images": 2, **calls},
        "audio_speeches": {
            "endpoint": "audio_speeches",
            "characters": 45,
            "num_model_requests": 1,
        },
        "audio_transcriptions": {
            "endpoint": "audio_transcriptions",
            "seconds": 20,
            "num_model_requests": 1,
        },
        "vector_stores": {"endpoint": "vector_stores", "usage_bytes": 1024},
        "code_interpreter_sessions": {
            "endpoint": "code_interpreter_sessions",
            "num_sessions": 1,
        },
        "file_search_calls": {"endpoint": "file_search_calls", "num_requests": 2},
        "web_search_calls": {
            "endpoint": "web_search_calls",
            "num_requests": 2,
            **calls,
        },
    }
    assert all(page.unknown_fields == frozenset() for page in pages)


@pytest.mark.parametrize(
    ("sent", "landed"),
    [
        (b"0.06", "0.06"),
        (b"1e-07", "0.0000001"),
        (b"0.30000000000000004", "0.3"),
        (b'"0.00185490000000000000000000"', "0.0018549"),
        (b'"0E-6176"', "0"),
        (b"123456789012.123456789012", "123456789012.123456789012"),
    ],
)
def test_dollars_are_exact_to_twelve_decimals_however_they_are_written(
    sent: bytes, landed: str
) -> None:
    import json

    marked = json.dumps(report({DAY: [cost("AMOUNT")]})).encode()
    body = marked.replace(b'"AMOUNT"', sent)
    with vendor(lambda path, query: (200, body)) as served:
        pages = list(costs(api(served), WINDOW))
    assert column(pages, "amount") == [Decimal(landed)]
    assert column(pages, "currency") == ["usd"]


@pytest.mark.parametrize("sent", ["NaN", "1e40"])
def test_what_is_no_amount_stops_the_table_by_its_field(sent: str) -> None:
    body = report({DAY: [cost(sent)]})
    with (
        vendor(lambda path, query: (200, body)) as served,
        pytest.raises(SchemaChanged, match=r"amount\.value"),
    ):
        list(costs(api(served), WINDOW))


def test_costs_by_key_are_read_where_the_vendor_offers_them() -> None:
    body = report({DAY: [cost(1)]})
    with vendor(lambda path, query: (200, body)) as served:
        pages = list(costs(api(served), WINDOW))
    (query,) = served.queries(COSTS)
    assert query["group_by[]"] == ["project_id", "line_item", "api_key_id"]
    assert column(pages, "grouping") == ["api_key"]


def test_costs_are_read_by_project_where_the_vendor_refuses_them_by_key() -> None:
    def answer(path: str, query: Query) -> Answer:
        if "api_key_id" in query["group_by[]"]:
            return 400, refusal("Invalid value: 'api_key_id'.", "group_by")
        return 200, report({DAY: [cost(1, api_key_id=None)]})

    with vendor(answer) as served:
        pages = list(costs(api(served), WINDOW))
    assert column(pages, "grouping") == ["project"]
    assert column(pages, "api_key_id") == [None]
    assert "refuses costs by API key" in pages[0].note


def test_days_before_costs_by_key_began_are_asked_by_project() -> None:
    with vendor(lambda path, query: (200, report({}))) as served:
        pages = list(costs(api(served), OLD))
    older, newer = served.queries(COSTS)
    assert older["group_by[]"] == ["project_id", "line_item"]
    assert older["end_time"] == newer["start_time"] == ["1764979200"]
    assert newer["group_by[]"] == ["project_id", "line_item", "api_key_id"]
    assert [page.note for page in pages] == ["no costs reported", "no costs reported"]


def test_a_question_that_is_wrong_either_way_is_told() -> None:
    with (
        vendor(lambda path, query: (400, refusal("Invalid limit"))) as served,
        pytest.raises(Misconfigured, match="Invalid limit"),
    ):
        list(costs(api(served), WINDOW))


def test_the_made_up_two_days_land_with_their_cost() -> None:
    bodies = examples("openai_populated_synthetic.json")

    def answer(path: str, query: Query) -> Answer:
        if path == COSTS:
            return 200, bodies["costs"]
        return only_completions((200, bodies["usage"]), path, query)

    window = Window(date(2025, 11, 20), date(2025, 11, 21))
    with vendor(answer) as served:
        used_pages = list(usage(api(served), window))
        charged = list(costs(api(served), window))
    assert column(used_pages, "input_tokens") == [182_000, 900_000]
    assert column(used_pages, "is_batch") == [False, True]
    assert column(used_pages, "user_id") == ["user-abc", None]
    assert column(charged, "amount") == [Decimal("0.0625")]
    assert column(charged, "quantity") == [Decimal(50_000)]


def test_days_are_those_of_utc() -> None:
    last = datetime(2027, 1, 1, 23, 59, tzinfo=UTC).date()
    with vendor(used({last: [tokens()]})) as served:
        pages = list(usage(api(served), Window(last, last)))
    assert column(pages, "usage_date") == [last]
    assert served.asked[0][0].startswith(BASE)
