"""The marts of the small company against rows worked out by hand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import golden
import pytest
from warehouse import World

pytestmark = pytest.mark.slow
RULES = ("equal", "proportional", "assignee")


def keyed(
    rows: list[dict[str, Any]], *key: str
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows by the values of their key."""
    return {tuple(row[name] for name in key): row for row in rows}


def decimals(texts: tuple[str | None, ...]) -> tuple[Decimal | None, ...]:
    """Amounts from their text."""
    return tuple(None if text is None else Decimal(text) for text in texts)


def assert_says(row: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Every value is as expected: exactly, and doubles to 1e-9."""
    for name, value in expected.items():
        if isinstance(value, float):
            assert row[name] == pytest.approx(value, abs=1e-9), name
        else:
            assert row[name] == value, name


@pytest.mark.parametrize(
    "expected",
    golden.PERSONS,
    ids=[f"{row['person_id']} {row['quarter_start']}" for row in golden.PERSONS],
)
def test_a_persons_quarter_is_as_worked_out(
    small: World, expected: Mapping[str, Any]
) -> None:
    rows = keyed(
        small.rows("from review.mart_person_efficiency_quarterly"),
        "person_id",
        "quarter_start",
    )
    assert_says(rows[expected["person_id"], expected["quarter_start"]], expected)


def test_everybody_employed_has_a_row_in_each_quarter(small: World) -> None:
    counts = small.rows(
        "select quarter_label, count(*) as people, "
        "count(distinct person_id) as persons "
        "from review.mart_person_efficiency_quarterly group by quarter_label "
        "order by quarter_label"
    )
    assert [(row["people"], row["persons"]) for row in counts] == [
        (19, 19),
        (19, 19),
        (18, 18),  # one left in May
    ]


def test_single_figures_are_withheld_with_their_own_reason(small: World) -> None:
    rows = small.rows(
        "from review.fct_person_figure where status = 'withheld' "
        "and person_id in ('alpha-1', 'alpha-4') and quarter_start < date '2026-07-01'"
    )
    reasons = {
        (row["person_id"], row["quarter_label"], row["measure"]): row["withheld_reason"]
        for row in rows
    }
    usage = ("list_cost_usd", *golden.TOKENS, "requests", "active_days")
    waits = ("turnaround_hours", "pull_request_hours", "review_hours")
    shares = (
        *("reopened_share", "reverted_share", "ai_assisted_share"),
        *("rewritten_own_share", "rewritten_others_share"),
    )
    assert reasons == {
        **{
            (person, "2026-Q1", measure): "not_connected"
            for person in ("alpha-1", "alpha-4")
            for measure in usage
        },
        **{
            (person, "2026-Q1", measure): "insufficient_evidence"
            for person in ("alpha-1", "alpha-4")
            for measure in (*waits, *shares)
        },
        **{
            ("alpha-1", "2026-Q2", measure): "insufficient_evidence"
            for measure in ("delivered_w", "pull_request_hours", "review_hours")
        },
        **{
            ("alpha-4", "2026-Q2", measure): "insufficient_evidence"
            for measure in ("delivered_w", *waits, "reopened_share")
        },
        ("alpha-4", "2026-Q2", "requests"): "not_reported",
        **{
            ("alpha-4", quarter, f"deliverable{measure}"): "not_reported"
            for quarter in ("2026-Q1", "2026-Q2")
            for measure in ("s_n", "_turnaround_hours", "_returned_share")
        },
        ("alpha-1", "2026-Q1", "deliverable_turnaround_hours"): "insufficient_evidence",
        ("alpha-1", "2026-Q1", "deliverable_returned_share"): "insufficient_evidence",
    }


def test_teams_show_what_is_safe_and_no_lone_gap(small: World) -> None:
    rows = small.rows(
        "from teams.mart_team_period where quarter_label = '2026-Q2' order by team"
    )
    assert [row["team"] for row in rows] == [row["team"] for row in golden.TEAMS]
    for row, expected in zip(rows, golden.TEAMS, strict=True):
        assert_says(row, expected)


def test_tokens_are_persons_services_or_nobodys(small: World) -> None:
    rows = keyed(
        small.rows("from finance.mart_cost_reconciliation"), "usage_date", "token_class"
    )
    names = ("vendor", "person", "service", "unattributed", "unpriced")
    for key, expected in golden.TOKEN_PARTS.items():
        assert tuple(rows[key][f"{name}_tokens"] for name in names) == expected
        assert rows[key]["unexplained_tokens"] == (None if expected[0] is None else 0)
        assert rows[key]["is_final"]


def test_cost_stands_beside_the_vendors_own(small: World) -> None:
    rows = keyed(
        small.rows("from finance.mart_cost_reconciliation"), "usage_date", "token_class"
    )
    names = (
        "list_cost_usd",
        "vendor_list_cost_usd",
        "vendor_billed_cost_usd",
        "difference_usd",
    )
    for key, expected in golden.COSTS.items():
        assert tuple(rows[key][name] for name in names) == decimals(expected)


def test_usage_of_nobody_is_listed_with_its_reason(small: World) -> None:
    rows = small.rows("from steward.mart_unattributed_usage")
    found = {(r["principal_type"], r["principal_id"], r["reason"]) for r in rows}
    assert found == golden.UNATTRIBUTED
    assert {row["list_cost_usd"] for row in rows} == {Decimal("0.015")}


def test_credit_is_shared_in_millionths(small: World) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in small.rows("from core.fct_delivery_credit where credit_rule = 'equal'"):
        shares = found.setdefault((row["item_kind"], row["item_id"]), {})
        shares[row["credit_holder"]] = row["credit_millionths"]
    assert found == golden.CREDITS


def test_three_rules_share_every_item_side_by_side(small: World) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in small.rows("from core.fct_delivery_credit"):
        shares = found.setdefault((row["item_id"], row["credit_rule"]), {})
        if row["credit_millionths"]:
            shares[row["credit_holder"]] = row["credit_millionths"]
    expected = {
        (item, rule): golden.OTHER_CREDITS.get((item, rule), shares)
        for (_, item), shares in golden.CREDITS.items()
        for rule in RULES
    }
    assert found == expected


def test_reviews_are_a_ledger_of_their_own(small: World) -> None:
    rows = small.rows("from core.fct_review_credit")
    assert {(r["pull_request_id"], r["person_id"]) for r in rows} == golden.REVIEWS
    assert [row["credit_millionths"] for row in rows] == [1_000_000, 1_000_000]


@pytest.mark.parametrize(
    "expected", golden.DELIVERY, ids=[row["person_id"] for row in golden.DELIVERY]
)
def test_delivery_reviews_and_rework_are_as_worked_out(
    small: World, expected: Mapping[str, Any]
) -> None:
    rows = small.rows(
        "from review.mart_person_efficiency_quarterly where quarter_label = '2026-Q2'"
    )
    assert_says(keyed(rows, "person_id")[expected["person_id"],], expected)


def test_merged_work_of_a_hosted_repository_is_its_pull_requests(small: World) -> None:
    rows = small.rows("from core.fct_change where repository = 'web'")
    assert {row["change_id"] for row in rows} == {
        "hub/pr-1", "hub/pr-2", "hub/pr-4", "web@w3"
    }  # fmt: skip
    assert {row["change_id"] for row in rows if row["is_counted"]} == {
        "hub/pr-1", "hub/pr-2"
    }  # fmt: skip
    assert {row["change_id"] for row in rows if row["is_reverted"]} == {"hub/pr-1"}


def test_what_persons_are_given_is_what_there_is(small: World) -> None:
    rows = small.rows("from steward.mart_outcome_reconciliation order by all")
    assert all(
        row["whole_n"] == row["persons_n"] + row["unattributed_n"] for row in rows
    )
    wholes = {
        (row["subject"], row["credit_rule"]): row["whole_n"]
        for row in rows
        if row["quarter_label"] == "2026-Q2" and row["subject"] != "working_time"
    }
    assert wholes == {
        **dict.fromkeys((("issue", rule) for rule in RULES), 5),
        **dict.fromkeys((("merged_change", rule) for rule in RULES), 7),
        ("review", "each_reviewer"): 2,
    }


def test_sources_reach_as_far_as_their_business_dates(small: World) -> None:
    names = (
        "newest_business_date",
        "expected_days_n",
        "delivered_days_n",
        "is_connected",
        "is_late",
    )
    found = {
        (row["source"], row["table_name"]): tuple(row[name] for name in names)
        for row in small.rows("from steward.mart_source_coverage")
    }
    assert found == golden.REACH


def test_issues_keep_their_lead_time_and_points(small: World) -> None:
    rows = keyed(small.rows("from core.fct_issue"), "issue_key")
    assert {
        key: (rows[key,]["lead_time_minutes"], rows[key,]["done_at"])
        for key in golden.LEAD_TIMES
    } == golden.LEAD_TIMES
    assert rows["AB-1",]["story_points"] == 3.0
    assert rows["AB-2",]["story_points"] is None


def test_every_usage_row_leads_back_to_a_stored_page(small: World) -> None:
    lost = small.rows(
        "from core.fct_ai_usage_daily where pull_id is null or page_number is null"
    )
    assert lost == []


def test_lines_are_rewritten_by_their_authors_or_by_others(small: World) -> None:
    rows = small.rows("from intermediate.int_lines_rewritten")
    rewritten = {
        row["mainline_sha"]: (row["rewritten_own_lines"], row["rewritten_others_lines"])
        for row in rows
        if row["rewritten_own_lines"] or row["rewritten_others_lines"]
    }
    # What m8 and m6 took from m1 came after 21 days.
    assert rewritten == {"m2": (0, 5), "m6": (0, 7)}
    assert {row["mainline_sha"] for row in rows} == {
        "m1", "m2", "m3", "m4", "m6", "m7", "m8"
    }  # fmt: skip


def test_a_deliverable_is_shared_equally_among_its_authors(small: World) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in small.rows("from core.fct_deliverable_credit"):
        shares = found.setdefault((row["feed"], row["item_id"]), {})
        shares[row["credit_holder"]] = row["credit_millionths"]
    assert found == golden.DELIVERABLE_CREDITS


def test_people_see_their_deliverables_turnaround_and_what_came_back(
    small: World,
) -> None:
    rows = keyed(
        small.rows("from review.fct_person_figure where quarter_label = '2026-Q2'"),
        "person_id",
        "measure",
    )
    for person, (items, hours, share) in golden.DELIVERABLES.items():
        found = [
            rows[person, f"deliverable{measure}"]["value"]
            for measure in ("s_n", "_turnaround_hours", "_returned_share")
        ]
        assert found[:1] == list(decimals((items,))), person
        assert found[1:] == [
            None if value is None else pytest.approx(Decimal(value), abs=Decimal("1e-9"))
            for value in (hours, share)
        ], person


def test_who_reviews_a_deliverable_has_a_ledger_apart(small: World) -> None:
    rows = small.rows("from intermediate.int_deliverable_reviews_credited")
    found = [(row["item_id"], row["person_id"]) for row in rows]
    assert found == [("A1", "beta-1")]  # not its author, who looked at it too


def test_who_held_an_issue_before_contributed_to_it(small: World) -> None:
    rows = small.rows(
        "from intermediate.int_deliverable_people_collected "
        "where feed = 'board' and item_id = '2'"
    )
    found = {(row["account_id"], row["involvement"]) for row in rows}
    assert found == {("jira-a2", "author"), ("jira-a1", "contributor")}


def test_an_issue_that_came_back_is_a_deliverable_that_is_not_delivered(
    small: World,
) -> None:
    rows = keyed(
        small.rows("from intermediate.int_deliverables_collected"), "feed", "item_id"
    )
    assert ("board", "4") not in rows  # a duplicate
    assert ("advice", "A8") not in rows  # gone from its file
    assert rows["board", "3"]["delivered_at"] is None
    assert rows["board", "3"]["returned_n"] == 1
    assert rows["board", "7"]["returned_n"] == 0
    assert rows["advice", "A3"]["returned_n"] is None


def test_clients_ratings_are_shown_of_projects_with_five_answers(small: World) -> None:
    rows = keyed(small.rows("from teams.mart_project_satisfaction"), "feed", "project")
    harbour, pier = rows["advice", "harbour"], rows["advice", "pier"]
    assert harbour["deliverables_n"] == harbour["responses_n"] == 5
    assert harbour["rating_mean"] == pytest.approx(3.6)
    assert harbour["satisfaction_share"] == pytest.approx(0.65)
    assert harbour["rated_people_n"] == 7
    assert pier["withheld_reason"] == "small_cell"
    assert pier["rating_mean"] is None
    assert pier["responses_n"] is None
    board = small.rows(
        "from teams.mart_project_satisfaction where feed = 'board' "
        "and quarter_label = '2026-Q2'"
    )
    assert [row["withheld_reason"] for row in board] == ["not_reported"]


def test_a_share_has_the_likely_range_of_wilson(small: World) -> None:
    # Oracle H_misc.wilson80_18_of_40, by the mart's own SQL.
    nodes = small.manifest()["nodes"].values()
    code = next(n["compiled_code"] for n in nodes if n["name"] == "fct_person_figure")
    decided = '"warehouse"."intermediate"."int_person_quarters_decided"'
    assert decided in code
    counted = f"(select * replace (18 as returned_n, 40 as done_n) from {decided})"
    (row,) = small.rows(
        f"select * from ({code.replace(decided, counted)}) where person_id = 'alpha-1' "
        "and measure = 'reopened_share' and quarter_label = '2026-Q2'"
    )
    assert row["value"] == Decimal("0.45")
    assert (round(row["lo80"], 4), round(row["hi80"], 4)) == (0.3532, 0.5508)
