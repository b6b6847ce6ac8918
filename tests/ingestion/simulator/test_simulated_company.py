"""What the generated company is like, and that a seed decides all of it."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from ingestion.simulator import Company, Truth, calendars, organisation, timeline
from ingestion.simulator.change import BOT_EMAIL
from ingestion.simulator.traits import CLASSES

FIRST_2026 = timeline.index(date(2026, 1, 1))
FIRST_2027 = timeline.index(date(2027, 1, 1))


def test_the_same_seed_makes_the_same_company(company: Company) -> None:
    again = Company()
    assert again.people == company.people
    assert again.issues == company.issues
    assert again.changes == company.changes
    for name in ("day", "principal", "model", "tokens", "requests"):
        one, other = getattr(again.usage, name), getattr(company.usage, name)
        assert np.array_equal(one, other)


def test_another_seed_makes_another_company(company: Company) -> None:
    other = Company(8)
    assert other.people != company.people
    assert other.api_keys[0].api_key_id != company.api_keys[0].api_key_id


def test_parts_can_be_asked_for_in_any_order(company: Company) -> None:
    other = Company()
    assert other.changes == company.changes
    assert np.array_equal(other.usage.tokens, company.usage.tokens)


def test_120_people_in_13_teams_and_three_entities(company: Company) -> None:
    people = company.people
    assert [p.person_id for p in people] == [f"P{n + 1:03d}" for n in range(120)]
    assert len({p.positions[0].team for p in people}) == 13
    assert {p.positions[0].entity for p in people} == set(organisation.ENTITIES)
    emails = [p.positions[-1].email for p in people]
    assert len(set(emails)) == 120
    assert all(email.endswith("@works.example") for email in emails)


def test_spans_of_a_person_never_overlap(company: Company) -> None:
    for person in company.people:
        for before, after in zip(person.positions, person.positions[1:], strict=False):
            assert before.valid_to is not None
            assert before.valid_to < after.valid_from
        for one, other in zip(person.absences, person.absences[1:], strict=False):
            assert one.valid_to < other.valid_from


def test_everyone_but_the_head_has_a_manager_who_exists(company: Company) -> None:
    ids = {p.person_id for p in company.people}
    managers = {p.person_id: p.positions[-1].manager_id for p in company.people}
    assert sum(manager is None for manager in managers.values()) >= 1
    assert {manager for manager in managers.values() if manager} <= ids


def test_the_stories_are_told(company: Company) -> None:
    by_id = {p.person_id: p for p in company.people}
    mover = by_id[organisation.MOVER]
    assert [p.team for p in mover.positions] == ["atlas", "delta"]
    rehired = by_id[organisation.REHIRED]
    assert rehired.positions[0].valid_to == organisation.LEFT_ON
    assert rehired.positions[1].valid_from == organisation.CAME_BACK_ON
    renamed = by_id[organisation.RENAMED]
    assert len({p.email for p in renamed.positions}) == 2
    one, other = (by_id[p] for p in organisation.NAMESAKES)
    assert one.full_name == other.full_name
    assert one.positions[0].email != other.positions[0].email


def test_about_seven_in_ten_use_ai_and_every_class_is_there(company: Company) -> None:
    classes = Counter(p.traits.usage_class for p in company.people)
    assert 0.6 < 1 - classes["none"] / 120 < 0.85
    assert min(classes[name] for name in CLASSES) >= 5


def test_full_time_days_leave_out_weekends_holidays_and_absences(
    company: Company,
) -> None:
    person = company.people[0]
    available = company.available[0]
    for place in range(timeline.DAYS):
        day = timeline.day_at(place)
        if day.weekday() > 4:
            assert available[place] == 0
    holiday = timeline.index(date(2026, 4, 3))
    assert available[holiday] == 0
    absence = next(a for a in person.absences if a.absent_fraction == 1)
    assert available[timeline.index(absence.valid_from)] == 0


def test_holidays_are_those_of_the_places() -> None:
    hamburg = calendars.holidays("hamburg")
    assert hamburg[date(2026, 5, 14)] == 0  # Ascension
    assert hamburg[date(2026, 12, 24)] == 0.5
    leeds = calendars.holidays("leeds")
    assert leeds[date(2026, 12, 28)] == 0  # for the 26th, a Saturday
    toronto = calendars.holidays("toronto")
    assert toronto[date(2026, 10, 12)] == 0
    assert calendars.easter(2027) == date(2027, 3, 28)


def test_volumes_and_spend_are_plausible(company: Company) -> None:
    usage = company.usage
    year = usage.take((usage.day >= FIRST_2026) & (usage.day < FIRST_2027))
    assert 25_000 < len(year) < 45_000
    assert 9_000 < len(company.issues) < 13_000
    assert 5_000 < len(company.changes) < 9_000
    kinds = np.array([p.attribution for p in company.principals])
    cost = (usage.tokens * usage.unit_prices()).sum(axis=1) / 1e12
    of_persons = kinds[usage.principal] == "person"
    pairs = usage.day[of_persons] * 1000 + usage.principal[of_persons]
    per_active_day = cost[of_persons].sum() / len(np.unique(pairs))
    assert 9 < per_active_day < 18
    unattributed = cost[kinds[usage.principal] == "unattributed"].sum() / cost.sum()
    assert 0.001 < unattributed < 0.04
    cached = usage.tokens[:, 1].sum() / usage.tokens.sum()
    assert 0.8 < cached < 0.95


def test_planted_gain_shows_in_issues_delivered(company: Company, truth: Truth) -> None:
    done = Counter(
        (row["person_id"], row["done_at"].year)
        for row in truth.delivered.to_pylist()
        if row["person_id"] and row["done_at"].year in (2025, 2026)
    )
    available = {
        (p.person_id, year): company.available[p.number][
            timeline.index(date(year, 1, 1)) : timeline.index(date(year + 1, 1, 1))
        ].sum()
        for p in company.people
        for year in (2025, 2026)
    }

    def growth(usage_class: str) -> float:
        who = [
            p.person_id
            for p in company.people
            if p.traits.usage_class == usage_class
            and min(available[p.person_id, 2025], available[p.person_id, 2026]) > 150
        ]
        rates = [
            sum(done[p, year] for p in who) / sum(available[p, year] for p in who)
            for year in (2025, 2026)
        ]
        return rates[1] / rates[0]

    assert growth("fluent") > growth("none") + 0.08
    assert growth("fluent") > growth("heavy")


def test_planted_rework_shows_in_reopened_issues(company: Company) -> None:
    people = {p.person_id: p.traits for p in company.people}

    def reopened(usage_class: str) -> float:
        start = timeline.midnight_ms(timeline.index(date(2026, 3, 1)))
        done = [
            i
            for i in company.issues
            if i.worker
            and people[i.worker].usage_class == usage_class
            and i.resolution == "Done"
            and i.done_ms > start
        ]
        return sum(i.reopened_ms > 0 for i in done) / len(done)

    assert reopened("heavy") > 1.3 * reopened("balanced")


def test_nobody_works_on_issues_after_leaving(company: Company) -> None:
    people = {p.person_id: p for p in company.people}
    for issue in company.issues:
        last = people[issue.worker].last_day if issue.worker else None
        if last is not None and issue.done_ms:
            done = timeline.instant(max(issue.done_ms, issue.redone_ms)).date()
            assert done <= last + timedelta(days=1)


def test_an_issue_goes_its_way_in_order(company: Company) -> None:
    for issue in company.issues:
        course = (
            issue.created_ms, issue.started_ms, issue.done_ms, issue.reopened_ms,
            issue.redone_ms,
        )  # fmt: skip
        happened = [at for at in course if at]
        assert happened == sorted(happened)


def test_credit_of_a_delivered_issue_sums_to_one(truth: Truth) -> None:
    sums: Counter[str] = Counter()
    for row in truth.delivered.to_pylist():
        sums[row["issue_id"]] += row["credit_millionths"]
    assert set(sums.values()) == {1_000_000}


def test_bots_lock_files_and_reverts_are_no_merged_work(
    company: Company, truth: Truth
) -> None:
    counted = {
        (row["repository"], row["change_number"]) for row in truth.merged.to_pylist()
    }
    for change in company.changes:
        is_work = change.author.email != BOT_EMAIL and change.kind in {
            "source", "documentation", "binary",
        }  # fmt: skip
        assert ((change.repository, change.number) in counted) is is_work


@pytest.mark.parametrize("present", ["2026-03-01", "2026-12-31"])
def test_truth_as_served_knows_nothing_of_later(company: Company, present: str) -> None:
    at = timeline.PRESENT.fromisoformat(f"{present}T06:00:00+00:00")
    served = Truth(company).as_served(at)
    assert max(served.person_usage["usage_date"].to_pylist()) <= at.date()
    assert max(served.issues["created_at"].to_pylist()) <= at
    assert max(served.delivered["done_at"].to_pylist()) <= at
    assert max(served.merged["merged_at"].to_pylist()) <= at
