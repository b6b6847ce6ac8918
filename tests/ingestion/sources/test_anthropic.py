"""Usage and cost of Anthropic, over real HTTP on loopback."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from anthropic_bodies import (
    CLOCK,
    COST_PATH,
    KEY,
    LEGACY_COST_PATH,
    LEGACY_USAGE_PATH,
    USAGE_PATH,
    api,
    bucket,
    cost_item,
    days_asked,
    example,
    legacy_cost_row,
    legacy_row,
    refusal,
    report,
    rows,
    unified_example,
    usage_item,
    user,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import Answer, Query, vendor

from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    MissingPermission,
    SchemaChanged,
    Unavailable,
)
from ingestion.page import Page
from ingestion.sources import anthropic
from ingestion.sources.anthropic.columns import summed
from ingestion.sources.anthropic.reach import analytics_from
from ingestion.sources.anthropic.tables import COST, USAGE, USAGE_BY_KEY
from ingestion.window import Window

DAY = date(2027, 2, 1)
ONE_DAY = Window(DAY, DAY)
CLASSES = (
    "uncached_input_tokens",
    "cache_read_input_tokens",
    "cache_creation_5m_input_tokens",
    "cache_creation_1h_input_tokens",
    "output_tokens",
)


def usage_of(*items: dict[str, Any]) -> list[Page]:
    """The pages of one day whose report holds these rows."""
    with vendor(lambda path, query: (200, report(items))) as served:
        return list(anthropic.usage(api(served), ONE_DAY, CLOCK))


def cost_of(*items: dict[str, Any]) -> list[Page]:
    """The pages of one day whose cost report holds these rows."""
    with vendor(lambda path, query: (200, report(items))) as served:
        return list(anthropic.cost(api(served), ONE_DAY, CLOCK))


def older(day: date, *found: dict[str, Any]) -> list[Page]:
    """The pages of one day before the analytics API, with these rows."""
    with vendor(lambda path, query: (200, report([bucket(day, *found)]))) as served:
        return list(anthropic.usage(api(served), Window(day, day), CLOCK))


def test_the_example_answers_give_every_principal_with_its_tokens() -> None:
    body = unified_example("usage_response") | {"has_more": False, "next_page": None}
    with vendor(lambda path, query: (200, body)) as served:
        pages = list(anthropic.usage(api(served), ONE_DAY, CLOCK))
    found = rows(USAGE, pages)
    assert [(row["principal_type"], row["principal_id"]) for row in found] == [
        ("user", "user_01WCz1FkmYMm4gnmykNKUu3Q"),
        ("service_account", "svac_01Hk3R9TWxq7CfQak00OiVw4"),
        ("api_key", "apikey_01Rj2N8SVvo6BePZj99NhmiT"),
        (
            "federated",
            "oidc:https://token.actions.githubusercontent.com:"
            "repo:acme/app:ref:refs/heads/main",
        ),
        ("user", "user_01AbCdEfGhIjKlMnOpQrSt"),
    ]
    assert [row["is_deleted_user"] for row in found] == [False, None, None, None, True]
    assert found[0]["principal_email"] == "jane@example.com"
    assert found[4]["principal_email"] is None
    for row in found:
        assert sum(row[name] for name in CLASSES) == row["total_tokens"]
    assert pages[0].refreshed_at == datetime(2026, 11, 21, 9, 58, tzinfo=UTC)
    assert pages[0].unknown_fields == frozenset()


def test_the_example_costs_are_cents_to_the_last_digit() -> None:
    body = unified_example("cost_response")
    with vendor(lambda path, query: (200, body)) as served:
        found = rows(COST, anthropic.cost(api(served), ONE_DAY, CLOCK))
    assert [row["amount_cents"] for row in found] == [
        Decimal(cents) for cents in ("18.092", "75.16", "11.7", "24.9", "2.4")
    ]
    assert found[0]["list_amount_cents"] == Decimal("22.615")
    assert [row["token_type"] for row in found][-2:] == ["output_tokens", None]
    assert found[-1]["cost_type"] == "web_search"


def test_the_official_examples_of_the_older_reports_are_read() -> None:
    bodies = {
        LEGACY_USAGE_PATH: example("usage_report_messages"),
        LEGACY_COST_PATH: example("cost_report"),
    }
    august = Window(date(2025, 8, 1), date(2025, 8, 1))

    def answer(path: str, query: Query) -> Answer:
        return 200, bodies[path] | {"has_more": False, "next_page": None}

    with vendor(answer) as served:
        (used,) = rows(USAGE, anthropic.usage(api(served), august, CLOCK))
        (by_key,) = rows(
            USAGE_BY_KEY, anthropic.usage_by_key(api(served), august, CLOCK)
        )
        (spent,) = rows(COST, anthropic.cost(api(served), august, CLOCK))
    assert used["usage_date"] == date(2025, 8, 1)
    assert used["principal_id"] == "user_01WCz1FkmYMm4gnmykNKUu3Q"
    assert [used[name] for name in CLASSES] == [1500, 200, 500, 1000, 500]
    assert (used["total_tokens"], used["requests"]) == (None, None)
    assert by_key["api_key_id"] == "apikey_01Rj2N8SVvo6BePZj99NhmiT"
    assert by_key["product"] is None
    assert spent["amount_cents"] == Decimal("123.78912")
    assert (spent["principal_type"], spent["principal_id"]) == ("unknown", "")
    assert spent["list_amount_cents"] is None


def test_a_request_names_version_beta_groups_and_a_fixed_order() -> None:
    with vendor(lambda path, query: (200, report([]))) as served:
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))
        list(anthropic.usage_by_key(api(served), ONE_DAY, CLOCK))
        list(anthropic.cost(api(served), ONE_DAY, CLOCK))
    asked = [(path, query["group_by[]"]) for path, query, _ in served.asked]
    pricing = ["actor", "model", "service_tier", "context_window", "inference_geo"]
    assert asked == [
        (USAGE_PATH, pricing),
        (USAGE_PATH, ["actor", "model", "product", "workspace_id", "api_key_id"]),
        (COST_PATH, [*pricing, "cost_type", "token_type"]),
    ]
    _, query, headers = served.asked[0]
    assert query["starting_at"] == ["2027-02-01T00:00:00Z"]
    assert query["ending_at"] == ["2027-02-02T00:00:00Z"]
    assert query["time_bucket_width"] == ["1d"]
    assert (query["order_by"], query["order"]) == (["time"], ["asc"])
    assert query["limit"] == ["1000"]
    assert headers["x-api-key"] == KEY
    assert headers["anthropic-version"] == "2023-06-01"
    assert headers["anthropic-beta"] == "analytics-usage-cost-2026-08-24"


def test_pages_follow_until_the_vendor_says_there_are_no_more() -> None:
    def answer(path: str, query: Query) -> Answer:
        page = int(query.get("page", ["page_0"])[0].removeprefix("page_"))
        item = usage_item(DAY, page + 1, actor=user(page))
        return 200, report([item], f"page_{page + 1}" if page < 2 else None)

    with vendor(answer) as served:
        pages = list(anthropic.usage(api(served), ONE_DAY, CLOCK))
    assert [row["requests"] for row in rows(USAGE, pages)] == [1, 2, 3]
    first, *others = served.queries(USAGE_PATH)
    assert [query["page"] for query in others] == [["page_1"], ["page_2"]]
    assert all(query | {"page": []} == first | {"page": []} for query in others)


def test_a_repeated_cursor_is_an_error_and_not_an_endless_pull() -> None:
    with (
        vendor(lambda path, query: (200, report([], "page_1"))) as served,
        pytest.raises(Unavailable, match="repeats an earlier page token"),
    ):
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))


def test_an_answer_that_has_more_and_no_next_page_is_incomplete() -> None:
    body = report([usage_item(DAY)]) | {"has_more": True}
    with (
        vendor(lambda path, query: (200, body)) as served,
        pytest.raises(Unavailable, match="names no next page"),
    ):
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))


def test_both_spellings_of_the_email_are_read() -> None:
    old = user(2)
    old["email"] = old.pop("email_address")
    found = rows(USAGE, usage_of(usage_item(DAY), usage_item(DAY, actor=old)))
    assert [row["principal_email"] for row in found] == [
        "person1@company.example",
        "person2@company.example",
    ]


@pytest.mark.parametrize(
    ("provider", "principal_id"),
    [
        (
            {"type": "aws", "account_id": "1234", "signed_principal": "role/build"},
            "aws:1234:role/build:job",
        ),
        ({"type": "azure", "subscription_id": "sub-1"}, "azure:sub-1:job"),
        ({"type": "gcp", "project_number": "99"}, "gcp:99:job"),
        (
            {"type": "oidc", "issuer": "https://ci.example"},
            "oidc:https://ci.example:job",
        ),
        ({"type": "oidc", "issuer": None}, "oidc:job"),
    ],
)
def test_a_federated_principal_has_a_stable_id(
    provider: dict[str, Any], principal_id: str
) -> None:
    actor = {"type": "federated_actor", "provider": provider, "subject": "job"}
    (row,) = rows(USAGE, usage_of(usage_item(DAY, actor=actor)))
    assert (row["principal_type"], row["principal_id"]) == ("federated", principal_id)


def test_usage_of_nobody_and_of_new_kinds_of_actors_is_kept_as_unknown() -> None:
    new = {"type": "robot_actor", "api_key_id": "apikey_7"}
    found = rows(
        USAGE, usage_of(usage_item(DAY, actor=None), usage_item(DAY, actor=new))
    )
    assert [(row["principal_type"], row["principal_id"]) for row in found] == [
        ("unknown", ""),
        ("unknown", "robot_actor:apikey_7"),
    ]


def test_dimensions_without_a_value_stay_null() -> None:
    nulls = {"model": None, "service_tier": None, "context_window": None}
    found = rows(USAGE, usage_of(usage_item(DAY), usage_item(DAY, **nulls)))
    assert [row["service_tier"] for row in found] == ["standard", None]
    assert found[1]["model"] is None


def test_an_empty_day_gives_one_page_without_rows() -> None:
    (page,) = usage_of()
    assert all(not list(column) for column in page.columns.values())
    assert set(page.columns) == {column.name for column in USAGE.columns}


def test_an_unknown_field_is_recorded_and_passes() -> None:
    item = usage_item(DAY)
    item["usage"]["thinking_tokens"] = 3
    (page,) = usage_of(item)
    assert page.unknown_fields == {"data[].usage.thinking_tokens"}


def test_a_missing_field_is_named() -> None:
    item = usage_item(DAY)
    del item["usage"]["output_tokens"]
    with pytest.raises(SchemaChanged) as caught:
        usage_of(item)
    assert caught.value.source == "anthropic/usage"
    assert caught.value.field == "data[].usage.output_tokens"


def test_a_retyped_field_is_named_with_both_types() -> None:
    item = usage_item(DAY)
    item["usage"]["output_tokens"] = "12"
    with pytest.raises(SchemaChanged, match="expected int, found str") as caught:
        usage_of(item)
    assert caught.value.field == "data[].usage.output_tokens"


def test_an_actor_without_its_id_is_named() -> None:
    with pytest.raises(SchemaChanged, match="missing") as caught:
        usage_of(usage_item(DAY, actor={"type": "user_actor", "deleted": False}))
    assert caught.value.field == "data[].group.actor.user_id"


def test_an_actor_without_its_id_is_named_wherever_it_stands() -> None:
    federated = {"type": "federated_actor", "subject": "job"}
    with pytest.raises(SchemaChanged, match="missing") as caught:
        usage_of(usage_item(DAY), usage_item(DAY, actor=federated))
    assert caught.value.source == "anthropic/usage"
    assert caught.value.field == "data[].group.actor.provider"


def test_the_day_of_a_row_is_the_utc_day() -> None:
    late = usage_item(DAY) | {"starting_at": "2027-02-01T23:30:00-02:00"}
    (row,) = rows(USAGE, usage_of(late))
    assert row["usage_date"] == DAY + timedelta(days=1)


@pytest.mark.parametrize("text", ["2027-02-01T00:00:00", "2027-02-01", "today", ""])
def test_a_day_that_is_no_instant_is_named(text: str) -> None:
    with pytest.raises(SchemaChanged, match="no instant with a time zone") as caught:
        usage_of(usage_item(DAY), usage_item(DAY) | {"starting_at": text})
    assert caught.value.source == "anthropic/usage"
    assert caught.value.field == "data[].starting_at"


def test_amounts_keep_twelve_decimals_of_a_cent() -> None:
    (row,) = rows(COST, cost_of(cost_item(DAY, "0.123456789012", "1E-7")))
    assert row["amount_cents"] == Decimal("0.123456789012")
    assert row["list_amount_cents"] == Decimal("0.0000001")


@pytest.mark.parametrize(
    "amount", ["0.1234567890123", "twelve", "NaN", "Infinity", "1_0", "", "9" * 30]
)
def test_an_amount_that_would_be_rounded_is_refused(amount: str) -> None:
    with pytest.raises(SchemaChanged, match="at most 12 decimals") as caught:
        cost_of(cost_item(DAY, "1", amount))
    assert caught.value.field == "data[].cost.list_amount"


def test_an_amount_that_became_a_number_is_refused() -> None:
    with pytest.raises(SchemaChanged, match="expected str, found float") as caught:
        cost_of(cost_item(DAY, 1.5, "1"))
    assert caught.value.field == "data[].cost.amount"


def test_a_window_over_the_boundary_is_split_by_day_and_nothing_is_asked_twice() -> (
    None
):
    boundary = analytics_from(CLOCK)
    window = Window(boundary - timedelta(days=40), boundary + timedelta(days=39))

    def answer(path: str, query: Query) -> Answer:
        days = days_asked(query)
        if path == LEGACY_USAGE_PATH:
            return 200, report(
                bucket(day, legacy_row(account_id="user_1")) for day in days
            )
        return 200, report(usage_item(day) for day in days)

    with vendor(answer) as served:
        found = rows(USAGE, anthropic.usage(api(served), window, CLOCK))
    assert [row["usage_date"] for row in found] == window.days()
    assert [row["endpoint"] for row in found] == ["legacy"] * 40 + ["analytics"] * 40
    asked = [days_asked(query) for _, query, _ in served.asked]
    assert [len(days) for days in asked] == [31, 9, 31, 9]
    assert [day for days in asked for day in days] == window.days()


def test_the_analytics_api_is_never_asked_beyond_its_reach() -> None:
    now = CLOCK.now()
    first = analytics_from(CLOCK)
    asked_at = datetime.combine(first, datetime.min.time(), UTC)
    a_day_later = now + timedelta(days=1)
    assert a_day_later - asked_at < timedelta(days=365)
    assert first > date(2026, 1, 1)


def test_the_older_report_asks_for_all_days_of_a_range_at_once() -> None:
    january = Window(date(2026, 1, 1), date(2026, 1, 31))
    with vendor(lambda path, query: (200, report([]))) as served:
        list(anthropic.usage(api(served), january, CLOCK))
        list(anthropic.usage_by_key(api(served), january, CLOCK))
        list(anthropic.cost(api(served), january, CLOCK))
    owners = ["account_id", "service_account_id", "api_key_id"]
    pricing = ["model", "service_tier", "context_window", "inference_geo"]
    assert [query["group_by[]"] for _, query, _ in served.asked] == [
        [*owners, *pricing],
        [*owners, "model", "workspace_id"],
        ["description"],
    ]
    assert {tuple(query["limit"]) for _, query, _ in served.asked} == {("31",)}
    assert {tuple(query["bucket_width"]) for _, query, _ in served.asked} == {("1d",)}


def test_older_rows_of_one_person_over_several_keys_are_added() -> None:
    day = date(2026, 1, 5)
    big = 2**60
    found = rows(
        USAGE,
        older(
            day,
            legacy_row(big, account_id="user_1", api_key_id="apikey_1"),
            legacy_row(1, account_id="user_1", api_key_id="apikey_2"),
            legacy_row(7, account_id="user_1", service_tier=None),
            legacy_row(1, service_account_id="svac_1", api_key_id="apikey_3"),
            legacy_row(1, api_key_id="apikey_4"),
            legacy_row(1),
        ),
    )
    assert [(row["principal_type"], row["principal_id"]) for row in found] == [
        ("user", "user_1"),
        ("user", "user_1"),
        ("service_account", "svac_1"),
        ("api_key", "apikey_4"),
        ("unknown", ""),
    ]
    assert found[0]["uncached_input_tokens"] == big + 1
    assert found[0]["output_tokens"] == 5 * (big + 1)
    assert found[1]["uncached_input_tokens"] == 7


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2**60)), max_size=9))
def test_adding_older_rows_keeps_every_token(drawn: list[tuple[str, int]]) -> None:
    columns = {
        "principal_id": [principal for principal, _ in drawn],
        "output_tokens": [count for _, count in drawn],
    }
    added = summed(columns, ("output_tokens",))
    assert sorted(added["principal_id"]) == sorted({name for name, _ in drawn})
    for name, total in zip(*added.values(), strict=True):
        assert total == sum(count for principal, count in drawn if principal == name)


def test_older_rows_by_key_keep_the_key_and_the_workspace() -> None:
    day = date(2026, 1, 5)
    found = [
        legacy_row(1, account_id="user_1", api_key_id="apikey_1", workspace_id="w"),
        legacy_row(2, account_id="user_1", api_key_id="apikey_2"),
    ]
    with vendor(lambda path, query: (200, report([bucket(day, *found)]))) as served:
        pages = anthropic.usage_by_key(api(served), Window(day, day), CLOCK)
        told = rows(USAGE_BY_KEY, pages)
    assert [(row["api_key_id"], row["workspace_id"]) for row in told] == [
        ("apikey_1", "w"),
        ("apikey_2", None),
    ]


def test_older_costs_under_several_descriptions_are_added_exactly() -> None:
    day = date(2026, 1, 5)
    found = [
        legacy_cost_row("0.1"),
        legacy_cost_row("0.2", description="the same in other words"),
        legacy_cost_row("5", cost_type="code_execution", token_type=None, model=None),
    ]
    with vendor(lambda path, query: (200, report([bucket(day, *found)]))) as served:
        told = rows(COST, anthropic.cost(api(served), Window(day, day), CLOCK))
    assert [row["amount_cents"] for row in told] == [Decimal("0.3"), Decimal(5)]
    assert {row["endpoint"] for row in told} == {"legacy"}


@pytest.mark.parametrize(
    ("status", "kind"), [(403, "permission_error"), (404, "not_found_error")]
)
def test_an_organisation_without_analytics_reads_what_plan_it_needs(
    status: int, kind: str
) -> None:
    body = refusal(kind, "Not available on your plan.")
    with (
        vendor(lambda path, query: (status, body)) as served,
        pytest.raises(MissingPermission, match="Not available on your plan") as caught,
    ):
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))
    assert "Usage & Cost Analytics" in caught.value.problem
    assert "Console or Enterprise organisation" in caught.value.fix


def test_a_refused_parameter_is_no_matter_of_the_plan() -> None:
    body = refusal("invalid_request_error", "starting_at: must be no earlier than …")
    with (
        vendor(lambda path, query: (400, body)) as served,
        pytest.raises(Misconfigured, match="starting_at: must be") as caught,
    ):
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))
    assert not isinstance(caught.value, MissingPermission)


def test_a_wrong_key_says_which_key_is_needed_and_never_shows_it() -> None:
    body = refusal("authentication_error", f"invalid x-api-key {KEY}")
    with (
        vendor(lambda path, query: (401, body)) as served,
        pytest.raises(BadCredentials, match="Admin API key") as caught,
    ):
        list(anthropic.usage(api(served), ONE_DAY, CLOCK))
    assert KEY not in str(caught.value)


def test_stored_pages_hold_no_secret() -> None:
    item = usage_item(DAY)
    item["group"]["note"] = KEY
    (page,) = usage_of(item)
    assert KEY.encode() not in page.body
    assert b"total_tokens" in page.body
