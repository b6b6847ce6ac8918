"""The simulated Anthropic organisation: shapes, rules, paging, and exact totals."""

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from simulated_vendors import PRICING, Anthropic, control, days

from ingestion.simulator import PRESENT, Company, Truth, serving, timeline
from ingestion.simulator.anthropic import DIRECTORY_KEY
from ingestion.simulator.anthropic.groups import DISCOUNT_PERCENT, cents
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.principals import FEDERATED_ID

EXAMPLES = Path(__file__).parents[4] / "shared/data/vendors/anthropic"
USAGE, COST = "/analytics/usage", "/analytics/cost"
needs_examples = pytest.mark.skipif(
    not EXAMPLES.exists(), reason="the vendor's example bodies are not on this machine"
)


def examples(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text())


@pytest.fixture(scope="module")
def vendor(calm_url: str) -> Anthropic:
    return Anthropic(calm_url)


def message(response: requests.Response) -> str:
    body = response.json()
    assert body["type"] == "error"
    assert response.headers["request-id"] == body["request_id"]
    return f"{response.status_code} {body['error']['type']}: {body['error']['message']}"


@needs_examples
def test_items_validate_against_the_schema_of_the_official_sdk(
    vendor: Anthropic,
) -> None:
    schemas = examples("anthropic_analytics_item_jsonschema.json")["schemas"]
    for path, name, groups in (
        (USAGE, "unified_usage_item", PRICING),
        (COST, "unified_cost_item", (*PRICING, "cost_type", "token_type")),
    ):
        validator = jsonschema.Draft202012Validator(schemas[name])
        limits = days("2026-11-10", "2026-11-13", *groups, limit="1000")
        rows = vendor.rows(path, limits)
        assert len(rows) > 100
        for row in rows:
            validator.validate(row)


@needs_examples
def test_rows_have_exactly_the_fields_of_the_examples(vendor: Anthropic) -> None:
    known = examples("anthropic_unified_usage_cost_synthetic.json")
    limits = days("2026-11-10", "2026-11-11", "actor", "model", limit="1000")
    page = vendor.get(USAGE, limits).json()
    assert shape(page) == shape(known["usage_response"])
    cost_limits = [*limits, ("group_by[]", "cost_type"), ("group_by[]", "token_type")]
    page = vendor.get(COST, cost_limits).json()
    assert shape(page) == shape(known["cost_response"])


@needs_examples
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/usage_report/messages?starting_at=2026-01-12T00:00:00Z&limit=1"
         "&ending_at=2026-01-14T00:00:00Z", "usage_report_messages"),
        ("/cost_report?starting_at=2026-01-12T00:00:00Z&limit=1"
         "&ending_at=2026-01-14T00:00:00Z&group_by[]=description", "cost_report"),
        ("/usage_report/claude_code?starting_at=2026-11-10",
         "usage_report_claude_code"),
        ("/users", "users_list"),
        ("/api_keys", "api_keys_list"),
        ("/workspaces", "workspaces_list"),
        ("/me", "organizations_me"),
    ],
)  # fmt: skip
def test_bodies_have_exactly_the_fields_of_the_official_ones(
    vendor: Anthropic, path: str, name: str
) -> None:
    official = examples("anthropic_admin_examples.json")[name]["examples"][0]
    assert shape(vendor.get(path).json()) == shape(official)


def shape(body: Any) -> Any:
    """The fields of a body, down to those of its first row."""
    if isinstance(body, dict):
        free = {"actor", "principal", "tags", "allowed_inference_geos"}
        return {k: None if k in free else shape(v) for k, v in body.items()}
    return [shape(body[0])] if isinstance(body, list) and body else None


def test_who_may_not_ask_is_told_why(calm_url: str) -> None:
    day = days("2026-11-10", "2026-11-11")
    wrong = Anthropic(calm_url, x_api_key="sk-ant-wrong")
    assert message(wrong.get("/me")).startswith("401 authentication_error")
    narrow = Anthropic(calm_url, x_api_key=DIRECTORY_KEY)
    assert narrow.get("/users").status_code == 200
    assert message(narrow.get(USAGE, day)).startswith("403 permission_error")
    old = Anthropic(calm_url, anthropic_beta=None)
    assert message(old.get(USAGE, day)).startswith("400 invalid_request_error")
    assert old.get("/users").status_code == 200
    bare = Anthropic(calm_url, anthropic_version=None)
    assert message(bare.get("/users")).startswith("400 invalid_request_error")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"starting_at": "2025-12-31T00:00:00Z"}, "starting_at"),
        ({"starting_at": "2026-02-05T00:00:00Z"}, "365 days"),
        ({"starting_at": "2026-11-10T00:00:00"}, "time zone"),
        ({"ending_at": "2026-12-12T00:00:00Z"}, "31 days"),
        ({"ending_at": "2026-11-09T00:00:00Z"}, "ending_at"),
        ({"limit": "1001"}, "limit"),
        ({"order_by": "name"}, "order_by"),
        ({"time_bucket_width": "1w"}, "time_bucket_width"),
        ({"page": "page_bm90"}, "page"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(
    vendor: Anthropic, change: dict[str, str], problem: str
) -> None:
    params = dict(days("2026-11-10", "2026-11-11")) | change
    found = message(vendor.get(USAGE, list(params.items())))
    assert found.startswith("400 invalid_request_error")
    assert problem in found


def test_groups_are_limited_to_five_beside_the_kinds_of_cost(
    vendor: Anthropic,
) -> None:
    day = ("2026-11-10", "2026-11-11")
    assert vendor.get(USAGE, days(*day, *PRICING)).status_code == 200
    six = days(*day, *PRICING, "product")
    assert "at most 5" in message(vendor.get(USAGE, six))
    kinds = days(*day, *PRICING, "cost_type", "token_type")
    assert vendor.get(COST, kinds).status_code == 200
    assert "unknown" in message(vendor.get(USAGE, days(*day, "cost_type")))


def test_dimensions_not_asked_for_are_null(vendor: Anthropic) -> None:
    row = vendor.rows(USAGE, days("2026-11-10", "2026-11-11", "model"))[0]
    assert [name for name, value in row["group"].items() if value] == ["model"]


def test_pages_of_any_size_hold_the_same_rows(vendor: Anthropic) -> None:
    query = days("2026-11-10", "2026-11-11", *PRICING)
    whole = vendor.pages(USAGE, [*query, ("limit", "1000")])
    assert len(whole) == 1
    assert whole[0]["next_page"] is None
    small = vendor.pages(USAGE, [*query, ("limit", "7")])
    assert [len(page["data"]) for page in small[:-1]] == [7] * (len(small) - 1)
    assert [r for page in small for r in page["data"]] == whole[0]["data"]
    usual = vendor.get(USAGE, query).json()
    assert len(usual["data"]) == 20


def test_a_cursor_belongs_to_its_query(vendor: Anthropic) -> None:
    query = days("2026-11-10", "2026-11-11", "actor")
    cursor = vendor.get(USAGE, query).json()["next_page"]
    other = [*days("2026-11-10", "2026-11-11", "actor", "model"), ("page", cursor)]
    assert "page" in message(vendor.get(USAGE, other))


def test_cost_pages_may_hold_more_rows_than_the_limit(vendor: Anthropic) -> None:
    kinds = days("2026-11-10", "2026-11-11", "actor", "cost_type", "token_type")
    page = vendor.get(COST, [*kinds, ("limit", "10")]).json()
    assert len(page["data"]) > 10
    assert len({json.dumps(row["group"]["actor"]) for row in page["data"]}) == 10
    assert {row["cost"]["requests"] for row in page["data"]} == {None}


def test_without_a_width_there_is_one_row_a_group(vendor: Anthropic) -> None:
    query = [
        ("starting_at", "2026-11-01T00:00:00Z"),
        ("ending_at", "2026-11-30T00:00:00Z"),
        ("group_by[]", "model"),
    ]
    rows = vendor.rows(USAGE, query)
    assert len(rows) == len({row["group"]["model"] for row in rows})
    assert {row["ending_at"] for row in rows} == {"2026-11-30T00:00:00Z"}
    totals = [row["usage"]["total_tokens"] for row in rows]
    assert totals == sorted(totals, reverse=True)


def test_filters_keep_what_they_name(vendor: Anthropic, company: Company) -> None:
    day = days("2026-11-10", "2026-11-14", "actor_type", "api_key_id")
    key = next(k for k in company.api_keys if k.key_name == "ci")
    by_key = vendor.rows(USAGE, [*day, ("api_key_ids[]", key.api_key_id)])
    assert {row["group"]["api_key_id"] for row in by_key} == {key.api_key_id}
    without = vendor.rows(USAGE, [*day, ("api_key_ids[]", "")])
    assert {row["group"]["api_key_id"] for row in without} == {None}
    kind = vendor.rows(USAGE, [*day, ("actor_types[]", "federated_actor")])
    assert {row["group"]["actor_type"] for row in kind} == {"federated_actor"}


def test_every_kind_of_actor_is_there(vendor: Anthropic) -> None:
    rows = vendor.rows(USAGE, days("2026-11-09", "2026-11-16", "actor", limit="1000"))
    actors = [row["group"]["actor"] for row in rows]
    assert {actor["type"] for actor in actors} == {
        "user_actor", "api_actor", "service_account_actor", "federated_actor",
    }  # fmt: skip
    federated = next(a for a in actors if a["type"] == "federated_actor")
    provider = federated["provider"]
    named = f"{provider['type']}:{provider['issuer']}:{federated['subject']}"
    assert named == FEDERATED_ID


def test_a_leaver_has_no_email_and_is_listed_no_more(
    company: Company, url: str
) -> None:
    vendor = Anthropic(url)
    leaver = next(m for m in company.members if m.person_id == "P073")
    query = days("2026-10-05", "2026-10-10", "actor", limit="1000")

    def actor() -> Any:
        actors = [row["group"]["actor"] for row in vendor.rows(USAGE, query)]
        return next(a for a in actors if a.get("user_id") == leaver.user_id)

    assert actor()["deleted"]
    assert actor()["email_address"] is None
    users = vendor.get("/users", [("limit", "1000")]).json()["data"]
    assert leaver.user_id not in {user["id"] for user in users}
    control(url, "clock", {"present": "2026-10-12T06:00:00Z"})
    assert not actor()["deleted"]
    users = vendor.get("/users", [("limit", "1000")]).json()["data"]
    assert leaver.user_id in {user["id"] for user in users}


def test_usage_served_is_exactly_the_truth_of_the_present(
    vendor: Anthropic, company: Company, truth: Truth
) -> None:
    first, after = date(2027, 1, 10), date(2027, 2, 6)
    served: Counter[tuple[str, str]] = Counter()
    limits = days(str(first), str(after), "actor", limit="1000")
    for row in vendor.rows(USAGE, limits):
        served[row["starting_at"][:10], principal(row)] += row["usage"]["total_tokens"]
    known: Counter[tuple[str, str]] = Counter()
    table = truth.as_served(PRESENT).principal_usage
    for row in table.to_pylist():
        if first <= row["usage_date"] < after:
            known[str(row["usage_date"]), row["principal_id"]] += row["tokens"]
    assert served == known


def principal(row: Any) -> str:
    actor = row["group"]["actor"]
    ids = ("user_id", "service_account_id", "api_key_id")
    return next((actor[name] for name in ids if name in actor), FEDERATED_ID)


def test_list_amounts_are_tokens_times_public_prices(
    vendor: Anthropic, truth: Truth
) -> None:
    first, after = date(2026, 3, 5), date(2026, 3, 20)
    kinds = ("cost_type", "token_type")
    limits = days(str(first), str(after), *kinds, limit="1000")
    rows = vendor.rows(COST, limits)
    served = sum(
        Decimal(row["cost"]["list_amount"])
        for row in rows
        if row["group"]["cost_type"] == "tokens"
    )
    usage = truth.as_served(PRESENT).principal_usage.to_pylist()
    known = sum(r["list_cost_usd"] for r in usage if first <= r["usage_date"] < after)
    assert served == known * 100
    for row in rows:
        cost = {k: Decimal(row["cost"][k]) for k in ("amount", "list_amount")}
        left = cost["list_amount"] * (100 - DISCOUNT_PERCENT) / 100
        assert cost["amount"] == left
    assert {row["group"]["cost_type"] for row in rows} == {
        "tokens", "web_search", "code_execution",
    }  # fmt: skip


def test_cents_are_written_exactly_with_six_places_or_more() -> None:
    assert cents(226_150_000_000) == "22.615000"
    assert cents(62_500) == "0.00000625"
    assert cents(0) == "0.000000"


def test_the_older_report_counts_buckets_and_shows_empty_days(
    vendor: Anthropic,
) -> None:
    start = [("starting_at", "2025-12-25T00:00:00Z")]
    query = [*start, ("ending_at", "2026-01-20T00:00:00Z")]
    path = "/usage_report/messages"
    pages = vendor.pages(path, query)
    assert [len(page["data"]) for page in pages] == [7, 7, 7, 5]
    assert pages[0]["data"][0]["results"] == []
    starts = [bucket["starting_at"] for page in pages for bucket in page["data"]]
    assert starts == sorted(set(starts))
    assert vendor.get(path, [*query, ("limit", "32")]).status_code == 400


def test_the_older_report_holds_the_same_tokens(
    vendor: Anthropic, truth: Truth
) -> None:
    query = [
        ("starting_at", "2026-01-01T00:00:00Z"),
        ("ending_at", "2026-02-01T00:00:00Z"),
        ("limit", "31"),
        ("group_by[]", "account_id"),
        ("group_by[]", "api_key_id"),
        ("group_by[]", "service_account_id"),
    ]
    buckets = vendor.get("/usage_report/messages", query).json()["data"]
    rows = [row for bucket in buckets for row in bucket["results"]]
    served = sum(row["output_tokens"] for row in rows)
    january = truth.usage.take(truth.usage.day < timeline.index(date(2026, 2, 1)))
    assert served == january.tokens[:, 4].sum()
    for row in rows:
        # Traffic of a key names no user, sign-ins name no key.
        assert row["account_id"] is None or row["api_key_id"] is None
        ids = (row["account_id"], row["api_key_id"], row["service_account_id"])
        assert any(ids)


def test_the_older_cost_names_no_person_and_sums_to_the_same(
    vendor: Anthropic,
) -> None:
    query = [
        ("starting_at", "2026-02-10T00:00:00Z"),
        ("ending_at", "2026-02-20T00:00:00Z"),
        ("limit", "31"),
        ("group_by[]", "description"),
        ("group_by[]", "workspace_id"),
    ]
    buckets = vendor.get("/cost_report", query).json()["data"]
    older = sum(Decimal(r["amount"]) for b in buckets for r in b["results"])
    newer = vendor.rows(COST, days("2026-02-10", "2026-02-20", limit="1000"))
    assert older == sum(Decimal(row["cost"]["amount"]) for row in newer)
    only_days = [("group_by[]", "account_id"), *query[:2]]
    assert vendor.get("/cost_report", only_days).status_code == 400


def test_directories_are_listed_by_cursor_in_both_directions(
    vendor: Anthropic,
) -> None:
    whole = vendor.get("/users", [("limit", "1000")]).json()
    assert not whole["has_more"]
    ids = [user["id"] for user in whole["data"]]
    forward: list[str] = []
    cursor: list[tuple[str, str]] = []
    while True:
        page = vendor.get("/users", [("limit", "30"), *cursor]).json()
        forward += [user["id"] for user in page["data"]]
        cursor = [("after_id", page["last_id"])]
        if not page["has_more"]:
            break
    assert forward == ids
    back = vendor.get("/users", [("limit", "30"), ("before_id", ids[40])]).json()
    assert [user["id"] for user in back["data"]] == ids[10:40]
    assert back["has_more"]


def test_archived_workspaces_are_listed_on_request(vendor: Anthropic) -> None:
    usual = vendor.get("/workspaces").json()["data"]
    every = vendor.get("/workspaces", [("include_archived", "true")]).json()["data"]
    assert len(every) == len(usual) + 1


def test_the_clock_moves_and_the_refresh_with_it(url: str) -> None:
    vendor = Anthropic(url)
    query = days("2027-02-01", "2027-02-20", "actor", limit="1000")

    def served() -> tuple[str, int]:
        page = vendor.get(USAGE, query).json()
        total = sum(row["usage"]["total_tokens"] for row in page["data"])
        return page["data_refreshed_at"], total

    before = served()
    later = (PRESENT + timedelta(days=3)).isoformat()
    assert control(url, "clock", {"present": later})["present"] == later
    after = served()
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_the_rate_limit_lets_a_patient_client_through(company: Company) -> None:
    day = days("2026-11-10", "2026-11-11")
    with serving(company, throttles=True) as url:
        vendor = Anthropic(url)
        found = [vendor.get(USAGE, day) for _ in range(300)]
    refused = [r for r in found if r.status_code == 429]
    assert 2 <= len(refused) <= 6
    assert {r.headers["retry-after"] for r in refused} == {"1"}
    assert message(refused[0]).startswith("429 rate_limit_error")
    statuses = [r.status_code for r in found]
    assert all(s == 200 for n, s in enumerate(statuses) if n and statuses[n - 1] != 200)


def test_a_limiter_that_is_off_refuses_nobody() -> None:
    limiter = Limiter(60, is_on=False)
    assert {limiter.retry_after() for _ in range(1000)} == {None}
