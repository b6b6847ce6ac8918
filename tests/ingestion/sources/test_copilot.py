"""What is special to GitHub Copilot: signed links, persons in several places, seats."""

from datetime import date
from decimal import Decimal

import pytest
from copilot_bodies import (
    DAY,
    NO_REPORT,
    REPORTS,
    SEATS,
    TOKEN,
    lines,
    links,
    reading,
    rows,
    seats,
    user_day,
)
from pydantic import ValidationError

from ingestion.errors import MissingPermission, Unavailable
from ingestion.sources import copilot
from ingestion.window import Window

ONE_DAY = Window(DAY, DAY)
ALICE, BOB = user_day(1, "alice"), user_day(2, "bob")


def test_a_signed_link_is_fetched_without_the_token() -> None:
    answers = {REPORTS: links("a"), "/files/a": lines(ALICE)}
    pages, asked = reading(copilot.user_days, answers, ONE_DAY)
    sent = {path: headers for path, _, headers in asked.asked}
    assert sent[REPORTS]["authorization"] == f"Bearer {TOKEN}"
    assert sent[REPORTS]["x-github-api-version"] == "2022-11-28"
    assert "authorization" not in sent["/files/a"]
    assert asked.queries("/files/a") == [{"sig": ["signed-a"]}]
    assert b"signed" not in pages[0].body


def test_an_expired_link_is_asked_for_again_once() -> None:
    served = iter([links("old"), links("new")])
    answers = {
        REPORTS: lambda query: next(served),
        "/files/old": (403, b"<Error><Code>AuthenticationFailed</Code></Error>"),
        "/files/new": lines(ALICE),
    }
    pages, asked = reading(copilot.user_days, answers, ONE_DAY)
    assert [row["user_login"] for row in rows(pages)] == ["alice"]
    assert len(asked.queries(REPORTS)) == 2


def test_a_link_that_stays_refused_fails_without_showing_it() -> None:
    answers = {REPORTS: links("a"), "/files/a": (403, {"message": "expired"})}
    with pytest.raises(Unavailable) as failed:
        reading(copilot.user_days, answers, ONE_DAY)
    assert "copilot/user_days" in str(failed.value)
    assert "signed-a" not in str(failed.value)
    assert "/files/a" not in str(failed.value)


def test_an_empty_file_is_no_report_of_nobody() -> None:
    answers = {REPORTS: links("a"), "/files/a": (200, b"")}
    with pytest.raises(Unavailable):
        reading(copilot.user_days, answers, ONE_DAY)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 2, 4), "not yet|yet"),
        (date(2026, 2, 5), "longer ago"),
        (date(2026, 3, 1), "not used"),
        (date(2025, 10, 9), "before 2025-10-10"),
    ],
)
def test_a_day_without_a_report_says_why(day: date, why: str) -> None:
    answers = {REPORTS: NO_REPORT}
    pages, asked = reading(copilot.user_days, answers, Window(day, day))
    assert rows(pages) == []
    assert any(word in pages[0].note for word in why.split("|"))
    assert pages[0].unreported == (None if why == "not used" else Window(day, day))
    assert len(asked.queries(REPORTS)) == (day >= date(2025, 10, 10))


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_person_in_two_organisations_counts_once(order: tuple[str, str]) -> None:
    one = user_day(1, "alice", organization_id="7", ai_credits_used=3.5)
    other = user_day(1, "alice", organization_id="8", ai_credits_used=3.5)
    answers = {
        REPORTS.replace("/orgs/works", "/enterprises/group"): links(*order),
        "/files/a": lines(one, {**BOB, "organization_id": "7"}),
        "/files/b": lines(other),
    }
    said = {"organization": None, "enterprise": "group"}
    pages, _ = reading(copilot.user_days, answers, ONE_DAY, **said)
    found = rows(pages)
    assert sorted(row["user_id"] for row in found) == [1, 2]
    assert {row["organization_id"] for row in found} == {"7"}


def test_keys_that_are_missing_are_null_and_never_zero() -> None:
    sums = {"prompt_tokens_sum": 3800, "output_tokens_sum": 5000}
    with_cli = {**ALICE, "totals_by_cli": {"session_count": 2, "token_usage": sums}}
    answers = {REPORTS: links("a"), "/files/a": lines(with_cli, BOB)}
    pages, _ = reading(copilot.user_days, answers, ONE_DAY)
    alice, bob = rows(pages)
    assert (alice["cli_prompt_tokens"], alice["cli_output_tokens"]) == (3800, 5000)
    assert alice["cli_request_count"] is None
    counted = {
        "ai_credits_used",
        "cli_prompt_tokens",
        "loc_added_sum",
        "cli_session_count",
    }
    assert {bob[name] for name in counted} == {None}


def test_binary_fractions_mean_the_decimal_next_to_them() -> None:
    noisy = {**ALICE, "ai_credits_used": 0.07999999999999999}
    answers = {REPORTS: links("a"), "/files/a": lines(noisy)}
    pages, _ = reading(copilot.user_days, answers, ONE_DAY)
    assert rows(pages)[0]["ai_credits_used"] == Decimal("0.08")


def test_seats_are_read_to_the_last_page_whatever_their_total_says() -> None:
    full = [(n, f"user-{n}") for n in range(100)]
    served = {"1": seats(*full), "2": seats((100, "last"))}
    served["1"][1]["total_seats"] = 60  # an enterprise counts people once
    answers = {SEATS: lambda query: served[query["page"][0]]}
    pages, _ = reading(copilot.seats, answers)
    assert len(rows(pages)) == 101


def test_seats_without_a_holder_stay_apart_and_are_not_dropped() -> None:
    answers = {SEATS: seats(None, (1, "alice"), None)}
    pages, _ = reading(copilot.seats, answers, seat_usd_per_month=Decimal(19))
    found = [
        (r["user_login"], r["unassigned_number"], r["monthly_usd"]) for r in rows(pages)
    ]
    assert found == [("", 1, 19), ("alice", 0, 19), ("", 2, 19)]


def test_seats_that_come_twice_are_no_end_of_the_list() -> None:
    full = seats(*[(n, f"user-{n}") for n in range(100)])
    with pytest.raises(Unavailable):
        reading(copilot.seats, {SEATS: full})


def test_a_hidden_endpoint_is_a_permission_that_is_missing() -> None:
    with pytest.raises(MissingPermission) as refused:
        reading(copilot.user_days, {}, ONE_DAY)
    assert "Copilot usage metrics" in refused.value.fix
    assert "organisation or enterprise" in refused.value.fix


def test_either_an_organisation_or_an_enterprise_is_named() -> None:
    start = date(2026, 6, 1)
    copilot.Copilot(enterprise="group", starts_on=start)
    for names in ({}, {"organization": "works", "enterprise": "group"}):
        with pytest.raises(ValidationError):
            copilot.Copilot(starts_on=start, **names)
    with pytest.raises(ValidationError):
        copilot.Copilot(organization="works/../other", starts_on=start)
