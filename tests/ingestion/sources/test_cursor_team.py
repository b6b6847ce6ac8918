"""Activity, commits, members, spend and permissions of a Cursor team."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cursor_bodies import (
    COMMITS,
    DAY,
    DAYS,
    EVENTS,
    MEMBERS,
    SPEND,
    Asked,
    Team,
    at_ms,
    commit,
    event,
    events,
    example,
    rows,
    team,
)

from ingestion.clock import FixedClock
from ingestion.errors import MissingPermission
from ingestion.lake import Lake
from ingestion.sources import cursor
from ingestion.sources.cursor.tables import (
    AI_CODE_COMMITS,
    DAILY_USAGE,
)
from ingestion.sources.cursor.tables import MEMBERS as MEMBERS_TABLE
from ingestion.sources.cursor.tables import (
    SPEND as SPEND_TABLE,
)
from ingestion.window import Window

CLOCK = FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC))
ONE_DAY = Window(DAY, DAY)
FORBIDDEN = {"error": "Forbidden", "message": "Enterprise access required"}
NO_COMMITS = {"items": [], "totalCount": 0, "page": 1, "pageSize": 1000}


def member_day(user: int | str, day: date = DAY, **more: Any) -> dict[str, Any]:
    return {
        "userId": user,
        "day": day.isoformat(),
        "email": f"person{user}@company.example",
        "isActive": True,
    } | more


def days(*found: dict[str, Any]) -> dict[str, Any]:
    return {"data": list(found), "pagination": {"page": 1, "hasNextPage": False}}


def healthy(path: str, asked: Asked) -> tuple[int, Any]:
    """A team whose newest usage is three days old."""
    if path == EVENTS:
        is_old = asked["startDate"] <= at_ms(date(2027, 2, 2), 0)
        return 200, events([event(asked["startDate"])] if is_old else [])
    if path == DAYS:
        return 200, days()
    if path == COMMITS:
        return 200, NO_COMMITS
    if path == SPEND:
        cycle = at_ms(date(2027, 1, 5), 0)
        return 200, {
            "teamMemberSpend": [],
            "subscriptionCycleStart": cycle,
            "totalPages": 1,
        }
    assert path == MEMBERS
    return 200, {"teamMembers": []}


def connected(served: Team) -> cursor.Connection:
    return cursor.Connection(served.api, CLOCK, "enterprise", None, DAY)


def test_the_examples_of_every_list_are_read_with_no_field_unknown() -> None:
    day = date(2026, 11, 20)
    window = Window(day, day)
    for name, table, feed in (
        ("daily_usage", DAILY_USAGE, lambda api: cursor.daily_usage(api, window)),
        (
            "ai_commits",
            AI_CODE_COMMITS,
            lambda api: cursor.ai_code_commits(api, window),
        ),
        ("members", MEMBERS_TABLE, cursor.members),
        ("spend", SPEND_TABLE, cursor.spend),
    ):
        body = example(name)
        with team(lambda path, asked, body=body: (200, body)) as served:
            pages = list(feed(served.api))
        assert rows(table, pages)
        assert {page.unknown_fields for page in pages} == {frozenset()}


def test_idle_members_are_listed_and_what_is_unsaid_is_unknown() -> None:
    idle = member_day(2, isActive=False, totalAccepts=0)
    with team(lambda path, asked: (200, days(member_day(1), idle))) as served:
        found = rows(DAILY_USAGE, cursor.daily_usage(served.api, ONE_DAY))
    assert served.parameters(DAYS)[0]["page"] == 1  # only with paging all are listed
    assert [row["is_active"] for row in found] == [True, False]
    assert [row["accepts"] for row in found] == [None, 0]
    assert [row["user_id"] for row in found] == ["1", "2"]


def test_the_day_after_the_range_is_left_to_its_own_pull() -> None:
    later = member_day(1, DAY + timedelta(days=1))
    with team(lambda path, asked: (200, days(member_day(1), later))) as served:
        found = rows(DAILY_USAGE, cursor.daily_usage(served.api, ONE_DAY))
    assert [row["usage_date"] for row in found] == [DAY]


def test_commit_messages_are_content_and_are_stored_nowhere() -> None:
    body = {**NO_COMMITS, "items": [commit()], "totalCount": 1}
    with team(lambda path, asked: (200, body)) as served:
        (page,) = cursor.ai_code_commits(served.api, ONE_DAY)
    assert b"a1b2c3d4" in page.body
    assert b"content" not in page.body
    (row,) = rows(AI_CODE_COMMITS, [page])
    assert row["committed_at"] == datetime(2027, 2, 1, 14, 12, 3, 500_000, UTC)
    assert row["composer_lines_added"] == 5
    assert row["composer_lines_deleted"] is None


def test_a_commit_on_two_branches_is_kept_for_both_and_read_again_once(
    tmp_path: Path,
) -> None:
    """The hash alone is no key, and the range's last day may be inclusive or not."""
    found = [commit(), commit(branchName="work"), commit(), commit(
        commitTs=f"{DAY + timedelta(days=1)}T00:00:00Z"
    )]  # fmt: skip
    body = {**NO_COMMITS, "items": found, "totalCount": len(found)}
    with team(lambda path, asked: (200, body)) as served:
        pages = cursor.ai_code_commits(served.api, ONE_DAY)
        (receipt,) = Lake(tmp_path, CLOCK).replace_days(AI_CODE_COMMITS, ONE_DAY, pages)
    assert receipt.row_count == 2
    (asked,) = served.parameters(COMMITS)
    assert asked["startDate"] == "2027-02-01"
    assert asked["endDate"] == "2027-02-02"


def test_without_enterprise_the_error_says_so_and_the_plan_silences_it() -> None:
    with team(lambda path, asked: (403, FORBIDDEN)) as served:
        with pytest.raises(MissingPermission, match="plan: teams"):
            list(cursor.ai_code_commits(served.api, ONE_DAY))
        before = len(served.asked)
        (page,) = cursor.ai_code_commits(served.api, ONE_DAY, "teams")
        assert len(served.asked) == before
    assert page.note == "AI code tracking is not part of the configured plan"
    assert rows(AI_CODE_COMMITS, [page]) == []


def test_a_seat_costs_what_the_contract_says_and_only_who_has_one() -> None:
    found = [
        {"id": 1, "email": "a@company.example", "role": "member", "isRemoved": False},
        {"id": "user_2", "email": "b@company.example", "role": "owner",
         "isRemoved": True},
        {"id": 3, "email": None, "role": "free-owner", "isRemoved": False},
    ]  # fmt: skip
    body = {"teamMembers": found}
    with team(lambda path, asked: (200, body)) as served:
        told = rows(MEMBERS_TABLE, cursor.members(served.api, "teams", Decimal("39.9")))
        untold = rows(MEMBERS_TABLE, cursor.members(served.api))
    assert [row["user_id"] for row in told] == ["1", "user_2", "3"]
    assert [row["seat_usd_per_month"] for row in told] == [Decimal("39.9"), None, None]
    assert {row["plan"] for row in told} == {"teams"}
    assert {row["seat_usd_per_month"] for row in untold} == {None}


def test_a_cycle_that_ended_keeps_its_last_state(tmp_path: Path) -> None:
    lake = Lake(tmp_path, CLOCK)
    for month, cents in ((1, 2450), (2, 10.5)):
        spent = {"userId": 1, "email": None, "spendCents": cents}
        body = {
            "teamMemberSpend": [spent],
            "subscriptionCycleStart": at_ms(date(2027, month, 5), 0),
            "totalPages": 1,
        }
        with team(lambda path, asked, body=body: (200, body)) as served:
            lake.merge(SPEND_TABLE, cursor.spend(served.api))
    found = lake.current(SPEND_TABLE).to_pylist()
    assert [row["spend_cents"] for row in found] == [2450, Decimal("10.5")]
    assert {row["removed_at"] for row in found} == {None}


def test_spend_is_read_to_its_last_page() -> None:
    def reply(path: str, asked: Asked) -> tuple[int, Any]:
        spent = {"userId": asked["page"], "email": None, "spendCents": 1}
        return 200, {
            "teamMemberSpend": [spent],
            "subscriptionCycleStart": 0,
            "totalPages": 3,
        }

    with team(reply) as served:
        found = rows(SPEND_TABLE, cursor.spend(served.api))
    assert [row["user_id"] for row in found] == ["1", "2", "3"]


def test_the_doctor_says_what_may_be_read_and_how_fresh_it_is() -> None:
    with team(healthy) as served:
        probe = cursor.probe(connected(served))
        teams = cursor.probe(replace(connected(served), plan="teams"))
    assert probe.is_usable
    assert probe.newest_day == date(2027, 2, 2)
    assert probe.permissions[-1] == "AI code commits"
    assert teams.is_usable
    assert teams.permissions == probe.permissions[:-1]


def test_the_doctor_names_the_plan_that_is_missing() -> None:
    def reply(path: str, asked: Asked) -> tuple[int, Any]:
        return (403, FORBIDDEN) if path == COMMITS else healthy(path, asked)

    with team(reply) as served:
        probe = cursor.probe(connected(served))
    (problem,) = probe.problems
    assert "Enterprise access required" in problem.problem
    assert "Enterprise plan" in problem.fix
