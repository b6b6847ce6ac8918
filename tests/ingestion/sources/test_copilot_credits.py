"""AI credits of GitHub Copilot, from bills that list no users."""

from datetime import UTC, date, datetime
from decimal import Decimal

from copilot_bodies import (
    CREDITS,
    DAY,
    NO_REPORT,
    REPORTS,
    SEATS,
    bills,
    item,
    lines,
    links,
    reading,
    rows,
    seats,
    user_day,
)
from loopback import Answer, Query, Vendor

from ingestion.clock import FixedClock
from ingestion.sources import copilot
from ingestion.window import Window

ONE_DAY = Window(DAY, DAY)
ALICE, BOB = user_day(1, "alice"), user_day(2, "bob")


def users_asked(asked: Vendor) -> list[str | None]:
    """The users of each question to the billing; None is the total."""
    return [query.get("user", [None])[0] for query in asked.queries(CREDITS)]


def test_users_are_asked_about_until_the_total_is_explained() -> None:
    used = [{**ALICE, "ai_credits_used": 30.0}, {**BOB, "ai_credits_used": 12.5}]
    idle = user_day(3, "carol", ai_credits_used=0.0)
    answers = {
        REPORTS: links("a"),
        "/files/a": lines(idle, *used),
        SEATS: seats((1, "alice"), (2, "bob"), (3, "carol"), (4, "dave")),
        CREDITS: bills(
            {None: [item(42.5, 40)], "alice": [item(30, 30)], "bob": [item(12.5, 10)]}
        ),
    }
    pages, asked = reading(copilot.credit_usage, answers, ONE_DAY)
    assert users_asked(asked) == [None, "alice", "bob"]
    assert {
        (r["user_login"], r["gross_amount"], r["net_amount"]) for r in rows(pages)
    } == {
        ("alice", Decimal("0.3"), 0),
        ("bob", Decimal("0.125"), Decimal("0.025")),
    }
    first = asked.queries(CREDITS)[0]
    assert first == {"year": ["2027"], "month": ["2"], "day": ["1"]}


def test_credits_of_nobody_known_are_kept_without_a_user() -> None:
    answers = {
        REPORTS: links("a"),
        "/files/a": lines(ALICE),
        SEATS: seats((1, "alice"), (4, "dave")),
        CREDITS: bills(
            {
                None: [item(50), item(7, model="Claude Sonnet 4.5")],
                "alice": [item(30)],
                "dave": [],
            }
        ),
    }
    pages, asked = reading(copilot.credit_usage, answers, ONE_DAY)
    assert users_asked(asked) == [None, "alice", "dave"]
    nobody = [row for row in rows(pages) if row["user_login"] is None]
    assert {row["model"]: row["gross_quantity"] for row in nobody} == {
        "GPT-5": 20,
        "Claude Sonnet 4.5": 7,
    }
    assert sum(row["gross_quantity"] for row in rows(pages)) == 57


def test_who_was_renamed_is_asked_about_by_the_present_login() -> None:
    answers = {
        REPORTS: links("a"),
        "/files/a": lines(user_day(1, "alice-before")),
        SEATS: seats((1, "alice")),
        CREDITS: bills({None: [item(5)], "alice": [item(5)]}),
    }
    pages, asked = reading(copilot.credit_usage, answers, ONE_DAY)
    assert users_asked(asked) == [None, "alice"]
    assert [(r["user_login"], r["user_id"]) for r in rows(pages)] == [("alice", 1)]


def test_a_login_that_github_forgot_does_not_stop_the_day() -> None:
    answers = {
        REPORTS: links("a"),
        "/files/a": lines(user_day(9, "gone"), BOB),
        SEATS: seats(),
        CREDITS: bills({None: [item(5)], "bob": [item(2)]}),
    }
    pages, _ = reading(copilot.credit_usage, answers, ONE_DAY)
    found = {row["user_login"]: row["gross_quantity"] for row in rows(pages)}
    assert found == {"bob": 2, None: 3}


def test_with_reports_turned_off_the_holders_of_seats_are_asked_about() -> None:
    answers = {
        REPORTS: (403, {"message": "Copilot usage metrics is disabled"}),
        SEATS: seats((1, "alice")),
        CREDITS: bills({None: [item(5)], "alice": [item(5)]}),
    }
    pages, _ = reading(copilot.credit_usage, answers, ONE_DAY)
    assert [row["user_login"] for row in rows(pages)] == ["alice"]


def test_a_day_without_a_report_yet_asks_about_users_of_the_newest_one() -> None:
    def reports(query: Query) -> Answer:
        return links("a") if query["day"] == ["2027-01-30"] else NO_REPORT

    answers = {
        REPORTS: reports,
        "/files/a": lines(user_day(5, "agent[bot]")),
        SEATS: seats((1, "alice")),
        CREDITS: bills({None: [item(5)], "alice": [], "agent[bot]": [item(5)]}),
    }
    pages, _ = reading(copilot.credit_usage, answers, ONE_DAY)
    assert [row["user_login"] for row in rows(pages)] == ["agent[bot]"]


def test_a_day_without_credits_costs_one_request() -> None:
    answers = {CREDITS: bills({None: []})}
    pages, asked = reading(copilot.credit_usage, answers, ONE_DAY)
    assert len(asked.asked) == 1
    assert "bills no AI credits" in pages[0].note


def test_days_before_credits_existed_are_not_asked_about() -> None:
    window = Window(date(2026, 5, 30), date(2026, 5, 31))
    pages, asked = reading(copilot.credit_usage, {}, window)
    assert asked.asked == []
    assert {page.note for page in pages} == {
        "days without rows: AI credits exist since 2026-06-01"
    }


def test_days_beyond_24_months_are_not_asked_about_and_not_taken_for_unused() -> None:
    late = FixedClock(datetime(2029, 2, 1, 6, tzinfo=UTC))
    pages, asked = reading(copilot.credit_usage, {}, ONE_DAY, clock=late)
    assert asked.asked == []
    assert (pages[0].note, pages[0].unreported) == (
        "days without rows: GitHub bills only the last 24 months", ONE_DAY,
    )  # fmt: skip


def test_users_that_exceed_their_total_are_told_and_add_nothing() -> None:
    answers = {
        REPORTS: links("a"),
        "/files/a": lines(ALICE),
        SEATS: seats((1, "alice")),
        CREDITS: bills({None: [item(5)], "alice": [item(6)]}),
    }
    pages, _ = reading(copilot.credit_usage, answers, ONE_DAY)
    assert [row["gross_quantity"] for row in rows(pages)] == [6]
    assert "1 more than its total" in pages[0].note
