"""What came of Claude Code, and who belongs to which workspace."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from anthropic_bodies import CLOCK, KEY, api, example, rows
from loopback import Answer, Query, vendor

from ingestion.clock import FixedClock
from ingestion.errors import SchemaChanged
from ingestion.page import Page
from ingestion.simulator import Company, serving
from ingestion.simulator.anthropic import ADMIN_KEY
from ingestion.sources import anthropic
from ingestion.sources.anthropic.tables import (
    CLAUDE_CODE,
    CLAUDE_CODE_MODELS,
    WORKSPACE_MEMBERS,
)
from ingestion.window import Window

PATH = "/v1/organizations/usage_report/claude_code"
DAY = date(2027, 2, 1)
ONE_DAY = Window(DAY, DAY)


@pytest.fixture(scope="module")
def organisation() -> Iterator[str]:
    with serving(Company()) as url:
        yield f"{url}/anthropic"


def row(sessions: int = 1, **more: Any) -> dict[str, Any]:
    """A row of the report."""
    verdicts = {"accepted": 3 * sessions, "rejected": sessions}
    tools = ("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool")
    return {
        "date": f"{DAY}T00:00:00Z",
        "actor": {"type": "user_actor", "email_address": "ann@company.example"},
        "organization_id": "org",
        "customer_type": "subscription",
        "subscription_type": "team",
        "terminal_type": "vscode",
        "is_remote": False,
        "core_metrics": {
            "num_sessions": sessions,
            "lines_of_code": {"added": 10 * sessions, "removed": sessions},
            "commits_by_claude_code": sessions,
            "pull_requests_by_claude_code": 0,
        },
        "tool_actions": dict.fromkeys(tools, verdicts),
        "model_breakdown": [model("claude-opus-4-8", sessions)],
    } | more


def model(name: str, tokens: int, cents: float = 186) -> dict[str, Any]:
    """One model of a row."""
    counts = {"input": tokens, "output": tokens, "cache_read": 0, "cache_creation": 0}
    cost = {"currency": "USD", "amount": cents}
    return {"model": name, "tokens": counts, "estimated_cost": cost}


def report(*found: dict[str, Any], next_page: str | None = None) -> dict[str, Any]:
    has_more = next_page is not None
    return {"data": list(found), "has_more": has_more, "next_page": next_page}


def counts_of(*found: dict[str, Any]) -> list[dict[str, Any]]:
    with vendor(lambda path, query: (200, report(*found))) as served:
        pages = list(anthropic.claude_code(api(served), ONE_DAY, CLOCK))
    return rows(CLAUDE_CODE, pages)


def models_of(*found: dict[str, Any]) -> list[dict[str, Any]]:
    with vendor(lambda path, query: (200, report(*found))) as served:
        pages = list(anthropic.claude_code_models(api(served), ONE_DAY, CLOCK))
    return rows(CLAUDE_CODE_MODELS, pages)


def test_the_official_example_is_read_with_its_models() -> None:
    body = example("usage_report_claude_code") | {"has_more": False, "next_page": None}
    day = date(2025, 8, 8)
    with vendor(lambda path, query: (200, body)) as served:
        days = Window(day, day)
        pages = list(anthropic.claude_code(api(served), days, CLOCK))
        models = list(anthropic.claude_code_models(api(served), days, CLOCK))
    (found,) = rows(CLAUDE_CODE, pages)
    assert found["usage_date"] == day
    assert found["num_sessions"] == 15
    assert (found["edit_tool_accepted"], found["edit_tool_rejected"]) == (25, 3)
    assert pages[0].unknown_fields == models[0].unknown_fields == frozenset()
    opus, sonnet = rows(CLAUDE_CODE_MODELS, models)
    assert opus["input_tokens"] == 45230
    # A number of cents: 1.86 dollars, and not 186.
    assert opus["estimated_cost_cents"] == Decimal(186)
    assert sonnet["estimated_cost_cents"] == Decimal(42)


def test_every_day_is_asked_for_by_itself_and_to_its_last_page() -> None:
    def answer(path: str, query: Query) -> Answer:
        day = query["starting_at"][0]
        dated = row(date=f"{day}T00:00:00Z")
        if "page" in query:
            return 200, report(replace_terminal(dated, "iTerm.app"))
        return 200, report(dated, next_page=f"page_{day}")

    with vendor(answer) as served:
        days = Window(date(2027, 1, 31), DAY)
        pages = list(anthropic.claude_code(api(served), days, CLOCK))
        asked = [(q["starting_at"], q.get("page")) for q in served.queries(PATH)]
    assert asked == [
        (["2027-01-31"], None),
        (["2027-01-31"], ["page_2027-01-31"]),
        (["2027-02-01"], None),
        (["2027-02-01"], ["page_2027-02-01"]),
    ]
    assert len(rows(CLAUDE_CODE, pages)) == 4


def replace_terminal(found: dict[str, Any], terminal: str) -> dict[str, Any]:
    return found | {"terminal_type": terminal}


def test_the_rows_of_a_persons_day_are_kept_apart_and_equal_ones_added() -> None:
    found = counts_of(
        row(1), row(2, terminal_type="iTerm.app"), row(4, is_remote=True), row(8)
    )
    assert sorted(each["num_sessions"] for each in found) == [2, 4, 9]
    assert sum(each["lines_of_code_added"] for each in found) == 150
    used = models_of(row(1), row(8, model_breakdown=[model("claude-opus-4-8", 8, 0.5)]))
    assert [each["input_tokens"] for each in used] == [9]
    assert used[0]["estimated_cost_cents"] == Decimal("186.5")


def test_a_key_has_its_name_and_whoever_is_new_to_us_is_kept() -> None:
    found = counts_of(
        row(1, actor={"type": "api_actor", "api_key_name": "ci"}),
        row(2, actor={"type": "robot_actor"}),
        row(4, actor={"type": "user_actor", "email_address": None}),
    )
    named = {(each["actor_type"], each["api_key_name"]) for each in found}
    assert named == {("api_actor", "ci"), ("robot_actor", None), ("user_actor", None)}
    assert sum(each["num_sessions"] for each in found) == 7


@pytest.mark.parametrize(
    ("actor", "field"),
    [
        ({"type": "user_actor"}, "email_address"),
        ({"type": "api_actor"}, "api_key_name"),
    ],
)
def test_an_actor_that_lost_its_name_stops_the_table(
    actor: dict[str, str], field: str
) -> None:
    with pytest.raises(SchemaChanged, match=field):
        counts_of(row(1, actor=actor))


def test_a_day_is_not_asked_for_before_it_is_an_hour_old() -> None:
    midnight = datetime(2027, 2, 2, 0, 30, tzinfo=UTC)
    with vendor(lambda path, query: (200, report())) as served:
        early = list(anthropic.claude_code(api(served), ONE_DAY, FixedClock(midnight)))
        assert served.asked == []
        later = FixedClock(midnight.replace(hour=1))
        pages = list(anthropic.claude_code(api(served), ONE_DAY, later))
    assert "an hour after" in early[-1].note
    assert pages[-1].note == "the vendor reports no use of Claude Code for these days"


def test_tokens_of_the_report_are_part_of_the_usage_and_never_more(
    organisation: str,
) -> None:
    connected = anthropic.connection(organisation, ADMIN_KEY)
    days = Window(date(2026, 11, 9), date(2026, 11, 13))
    reported = rows(
        CLAUDE_CODE_MODELS, anthropic.claude_code_models(connected, days, CLOCK)
    )
    used = [
        each
        for page in anthropic.usage_by_key(connected, days, CLOCK)
        for each in of(page)
        if each["product"] == "claude_code"
    ]
    by_email: dict[str, int] = defaultdict(int)
    for each in reported:
        if each["email_address"]:
            by_email[each["email_address"]] += each["output_tokens"]
    counted: dict[str, int] = defaultdict(int)
    for each in used:
        counted[each["principal_email"] or ""] += each["output_tokens"]
    assert by_email
    assert all(counted[email] == tokens for email, tokens in by_email.items())
    # Some users are missing from the report: absent is not zero.
    assert set(counted) > set(by_email)
    terminals = Counter(
        (each["usage_date"], each["email_address"])
        for each in rows(CLAUDE_CODE, anthropic.claude_code(connected, days, CLOCK))
    )
    assert max(terminals.values()) > 1


def of(page: Page) -> list[dict[str, Any]]:
    names = list(page.columns)
    return [
        dict(zip(names, values, strict=True))
        for values in zip(*page.columns.values(), strict=True)
    ]


def test_members_are_listed_by_workspace_and_archived_ones_left_out() -> None:
    body = example("workspace_members_list") | {"has_more": False}
    workspace = example("workspaces_list")["data"][0]
    spaces = [
        {**workspace, "id": "wrkspc_1", "archived_at": None},
        {**workspace, "id": "wrkspc_2", "archived_at": "2026-01-01T00:00:00Z"},
    ]

    def answer(path: str, query: Query) -> Answer:
        if path.endswith("/workspaces"):
            return 200, {"data": spaces, "has_more": False, "last_id": "wrkspc_2"}
        return 200, body

    with vendor(answer) as served:
        found = rows(WORKSPACE_MEMBERS, anthropic.workspace_members(api(served)))
        asked = [path for path, _, _ in served.asked]
    assert asked == [
        "/v1/organizations/workspaces",
        "/v1/organizations/workspaces/wrkspc_1/members",
    ]
    assert [each["workspace_role"] for each in found] == ["workspace_user"]


def test_without_a_workspace_there_is_no_member_and_the_page_says_so() -> None:
    empty = {"data": [], "has_more": False, "last_id": None}
    with vendor(lambda path, query: (200, empty)) as served:
        (page,) = anthropic.workspace_members(api(served))
    assert page.row_count == 0
    assert "no member" in page.note
    assert KEY not in repr(page)
