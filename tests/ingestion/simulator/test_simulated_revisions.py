"""Late and revised days, and that final days are the truth."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from ingestion.simulator import PRESENT, Company, Truth, timeline
from ingestion.simulator.revisions import (
    FINAL_AFTER_DAYS,
    MOVES_AFTER_DAYS,
    VANISHES_AFTER_DAYS,
)

TODAY = timeline.index(PRESENT.date())


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=6)


def test_final_days_equal_the_truth_row_by_row(company: Company) -> None:
    limit = TODAY - FINAL_AFTER_DAYS
    served, true = company.revisions.as_served(PRESENT), company.usage
    served, true = served.take(served.day <= limit), true.take(true.day <= limit)
    for name in ("day", "principal", "model", "tokens", "requests", "searches"):
        assert np.array_equal(getattr(served, name), getattr(true, name))


def test_young_days_grow_until_they_are_final(company: Company) -> None:
    day = timeline.index(date(2026, 11, 10))
    totals = []
    for age in range(FINAL_AFTER_DAYS + 3):
        served = company.revisions.as_served(at(timeline.day_at(day + age)))
        served = served.take((served.day == day) & (served.model > 0))
        totals.append(int(served.tokens.sum()))
    phantom_free = totals[VANISHES_AFTER_DAYS:]
    assert phantom_free == sorted(phantom_free)
    assert totals[0] < totals[1] < totals[-1]
    assert totals[FINAL_AFTER_DAYS] == totals[-1]
    assert 0.8 < totals[1] / totals[-1] < 1


def test_nothing_of_the_future_is_served(company: Company) -> None:
    assert company.revisions.as_served(PRESENT).day.max() <= TODAY


def test_usage_of_a_key_moves_to_its_user(company: Company) -> None:
    usage = company.usage
    users = np.array([p.principal_type == "user" for p in company.principals])
    rows = usage.take((usage.api_key > 0) & users[usage.principal])
    day = int(rows.day[len(rows) // 2])
    key = int(rows.api_key[len(rows) // 2])

    def actors(age: int) -> set[str]:
        served = company.revisions.as_served(at(timeline.day_at(day + age)))
        served = served.take((served.day == day) & (served.api_key == key))
        return {company.principals[n].principal_type for n in served.principal}

    assert actors(MOVES_AFTER_DAYS - 1) == {"api_key"}
    assert actors(MOVES_AFTER_DAYS) == {"user"}


def test_a_row_vanishes(company: Company) -> None:
    phantom_day = int(company.revisions.phantoms.day[40])

    def rows(age: int) -> int:
        served = company.revisions.as_served(at(timeline.day_at(phantom_day + age)))
        return int((served.day == phantom_day).sum())

    assert rows(VANISHES_AFTER_DAYS - 1) == rows(VANISHES_AFTER_DAYS) + 1


def test_persons_services_and_unattributed_sum_to_the_total(truth: Truth) -> None:
    served = truth.as_served(PRESENT)
    totals = served.principal_usage.group_by("attribution").aggregate(
        [("tokens", "sum"), ("list_cost_usd", "sum")]
    )
    rows = {row["attribution"]: row for row in totals.to_pylist()}
    assert set(rows) == {"person", "service", "unattributed"}
    assert sum(row["tokens_sum"] for row in rows.values()) == int(
        served.usage.tokens.sum()
    )
    of_persons = served.person_usage["list_cost_usd"].to_pylist()
    assert sum(of_persons) == rows["person"]["list_cost_usd_sum"]
