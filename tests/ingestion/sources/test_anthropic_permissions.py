"""What `tokenworth doctor` learns about an Anthropic key."""

import json
from datetime import UTC, date, datetime

import pytest
from anthropic_bodies import (
    CLOCK,
    COST_PATH,
    EXAMPLES,
    KEY,
    LEGACY_COST_PATH,
    LEGACY_USAGE_PATH,
    USAGE_PATH,
    api,
    days_asked,
    refusal,
    report,
    usage_item,
)
from loopback import Answer, Query, vendor

from ingestion.clock import FixedClock
from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    SourceError,
    Unavailable,
)
from ingestion.sources import anthropic

ME = "/v1/organizations/me"
CLAUDE_CODE_PATH = "/v1/organizations/usage_report/claude_code"
DIRECTORY = {"data": [], "has_more": False, "last_id": None}


def healthy(path: str, query: Query) -> Answer:
    """An organisation whose newest usage is three days old."""
    if path == ME:
        return 200, {"id": "org-1", "name": "Example Works", "type": "organization"}
    if path == USAGE_PATH:
        (day,) = days_asked(query)
        return 200, report([usage_item(day)] if day <= date(2027, 2, 2) else [])
    if path in (COST_PATH, LEGACY_USAGE_PATH, LEGACY_COST_PATH):
        return 200, report([])
    return 200, DIRECTORY


def test_a_good_key_shows_organisation_permissions_and_freshness() -> None:
    with vendor(healthy) as served:
        probe = anthropic.probe(api(served), CLOCK)
    assert probe.is_usable
    assert probe.account == "Example Works"
    assert probe.permissions == (
        "organisation",
        "usage analytics",
        "cost analytics",
        "claude code report",
        "users",
        "api keys",
        "workspaces",
        "workspace members",
    )
    assert probe.newest_day == date(2027, 2, 2)
    assert probe.refreshed_at == datetime(2027, 2, 5, 4, 30, tzinfo=UTC)


def test_older_reports_are_tried_only_when_days_need_them() -> None:
    with vendor(healthy) as served:
        recent = anthropic.probe(api(served), CLOCK, starts_on=date(2026, 12, 1))
        older = anthropic.probe(api(served), CLOCK, starts_on=date(2026, 1, 1))
    assert "older usage" not in recent.permissions
    assert older.permissions[-2:] == ("older usage", "older cost")


def test_a_week_without_usage_is_told_as_no_newest_day() -> None:
    def answer(path: str, query: Query) -> Answer:
        return (200, report([])) if path == USAGE_PATH else healthy(path, query)

    with vendor(answer) as served:
        probe = anthropic.probe(api(served), CLOCK)
    assert probe.newest_day is None
    assert probe.refreshed_at is not None
    assert len(served.queries(USAGE_PATH)) == 7


def test_each_missing_permission_is_a_problem_with_its_fix() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path in (USAGE_PATH, COST_PATH):
            return 404, refusal("not_found_error", "Not found")
        if path.endswith("/api_keys"):
            return 403, refusal("permission_error", "Admins only")
        return healthy(path, query)

    with vendor(answer) as served:
        probe = anthropic.probe(api(served), CLOCK)
    assert not probe.is_usable
    assert probe.permissions == (
        "organisation",
        "claude code report",
        "users",
        "workspaces",
        "workspace members",
    )
    usage, cost, keys = probe.problems
    assert "no Usage & Cost Analytics" in usage.problem
    assert "no Usage & Cost Analytics" in cost.problem
    assert "Admins only" in keys.problem
    assert "Admin API key" in keys.fix


def test_the_claude_code_report_is_asked_for_even_just_after_midnight() -> None:
    def answer(path: str, query: Query) -> Answer:
        if path == CLAUDE_CODE_PATH:
            return 403, refusal("permission_error", "Admins only")
        return healthy(path, query)

    # Yesterday is not in the report before one o'clock, and would not be asked for.
    after_midnight = FixedClock(datetime(2027, 2, 5, 0, 30, tzinfo=UTC))
    with vendor(answer) as served:
        probe = anthropic.probe(api(served), after_midnight)
    assert [query["starting_at"] for query in served.queries(CLAUDE_CODE_PATH)] == [
        ["2027-02-03"]
    ]
    assert "claude code report" not in probe.permissions
    assert not probe.is_usable


def test_a_wrong_key_is_told_once_and_never_shown() -> None:
    body = refusal("authentication_error", f"invalid x-api-key: {KEY}")
    with vendor(lambda path, query: (401, body)) as served:
        probe = anthropic.probe(api(served), CLOCK)
    assert len(probe.problems) == 1
    assert len(served.asked) == 1
    assert KEY not in repr(probe)


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [
        ("invalid", 400, Misconfigured),
        ("auth", 401, BadCredentials),
        ("rate", 429, Unavailable),
    ],
)
def test_a_refusal_is_told_in_the_vendors_words(
    name: str, status: int, kind: type[SourceError]
) -> None:
    file = EXAMPLES / "anthropic_error_examples.json"
    if not file.exists():
        pytest.skip("the vendor's example bodies are not on this machine")
    body = json.loads(file.read_text())[name]
    with (
        vendor(lambda path, query: (status, body)) as served,
        pytest.raises(kind) as refused,
    ):
        next(anthropic.users(api(served)))
    assert body["error"]["message"] in refused.value.problem
    assert refused.value.fix
