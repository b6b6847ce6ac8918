"""The demo, as a person sees it: figures, conservation, evidence, and a second run."""

import json

import duckdb
import pyarrow as pa
import pytest

from ingestion.simulator import PRESENT, Company, Truth
from ingestion.simulator.vendor import vendors
from tests.end_to_end.installing import Installation

pytestmark = pytest.mark.slow
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def test_every_mart_is_published_with_rows(demo: Installation) -> None:
    rows = {mart["mart"]: mart["rows"] for mart in demo.status()["marts"]}
    assert {
        "mart_person_efficiency_quarterly",
        "fct_person_figure",
        "mart_team_period",
        "mart_project_satisfaction",
        "mart_cost_reconciliation",
        "mart_cost_variance",
        "mart_seat_utilisation",
        "mart_usage_overlap",
        "fct_ai_cost",
        "mart_unattributed_usage",
        "mart_unresolved_account",
        "mart_source_coverage",
        "mart_publication_gate",
    } <= rows.keys()
    # No price was corrected after it had been used.
    assert {mart for mart, n in rows.items() if n == 0} <= {"mart_price_revision"}


def test_persons_service_and_unattributed_are_the_vendor_total(
    demo: Installation,
) -> None:
    broken = demo.select(
        "finance",
        "select count(*) from mart_cost_reconciliation where vendor_tokens is distinct "
        "from person_tokens + service_tokens + unattributed_tokens + elsewhere_tokens "
        "and token_class <> 'none'",
    )
    assert broken == [(0,)]
    parts = demo.select(
        "finance",
        "select sum(person_tokens) > 0, sum(service_tokens) > 0, "
        "sum(unattributed_tokens) > 0 from mart_cost_reconciliation",
    )
    assert parts == [(True, True, True)]


def test_usage_of_every_vendor_is_the_planted_truth(demo: Installation) -> None:
    company = Company()
    truths = {v.source: v.truth(company, PRESENT) for v in vendors() if v.truth}
    planted = pa.concat_tables(
        table.append_column("vendor", pa.array([vendor] * table.num_rows))
        for vendor, table in truths.items()
    )
    found = demo.warehouse_table(
        "select vendor, is_counted, attribution, person_id, token_class, usage_date, "
        "tokens, usage_usd as list_cost_usd from intermediate.int_usage_owned"
    )
    names = "vendor, is_counted, attribution, person_id, token_class, usage_date"
    sums = "sum(tokens) as tokens, coalesce(sum(list_cost_usd), 0) as usd"
    compared = duckdb.connect()
    compared.register("planted", planted)
    compared.register("found", found)
    differing = compared.execute(
        f"""
        with truth as (
            select {names}, {sums} from planted
            where usage_date < date '2027-02-05' group by all
        ),
        model as (select {names}, {sums} from found group by all),
        -- Calls, searches and charges alone are compared elsewhere.
        of_truth as (from truth where tokens is not null or usd <> 0),
        of_model as (from model where tokens is not null or usd <> 0)
        (select * from of_truth except select * from of_model)
        union all (select * from of_model except select * from of_truth)
        """
    )
    assert differing.fetchall() == []
    counted = compared.execute("select distinct vendor from found where is_counted")
    assert {vendor for (vendor,) in counted.fetchall()} == set(truths)


def test_the_bill_is_reconciled_and_nothing_is_unexplained(demo: Installation) -> None:
    months = demo.select(
        "finance",
        "select vendor, count(*), sum(abs(unexplained_usd)), "
        "sum(abs(unpriced_model_usd) + abs(price_usd) + abs(missing_log_usd) "
        "+ abs(volume_usd) + abs(unexplained_usd)) / sum(bill_usd) "
        "from mart_cost_variance group by vendor",
    )
    assert {vendor for vendor, *_ in months} >= {
        "anthropic",
        "bedrock",
        "copilot",
        "cursor",
        "openai",
    }
    for vendor, count, unexplained, share in months:
        assert count > 0
        assert unexplained == 0, vendor
        assert share <= 0.005, vendor


def test_deliverables_and_their_credit_are_the_planted_truth(
    demo: Installation,
) -> None:
    truth = Truth(Company()).as_served(PRESENT)
    compared = duckdb.connect()
    compared.execute("set timezone = 'UTC'")
    items = "feed, item_id, project, started_at, delivered_at, returned_n, rating"
    credits = "feed, item_id, person_id, credit_millionths"
    for planted, table, names in (
        (truth.deliverables, "intermediate.int_deliverables_collected", items),
        (truth.deliverable_credits, "core.fct_deliverable_credit", credits),
    ):
        assert planted.num_rows > 0
        compared.register("planted", planted)
        compared.register("found", demo.warehouse_table(f"select * from {table}"))
        as_shown = ", ".join(
            f"epoch_ms({name}) as {name}" if name.endswith("_at") else name
            for name in names.split(", ")
        )
        differing = compared.execute(
            f"""
            with truth as (select {as_shown} from planted),
            model as (select {as_shown} from found)
            (select * from truth except select * from model)
            union all (select * from model except select * from truth)
            """
        ).fetchall()
        assert differing == [], table


def test_clients_are_as_satisfied_as_planted(demo: Installation) -> None:
    from ingestion.simulator.engagements import PORTFOLIOS

    planted = {
        (each.feed, project): satisfied
        for each in PORTFOLIOS
        for project, (_, satisfied) in each.projects.items()
    }
    rows = demo.select(
        "teams",
        "select feed, project, sum(responses_n), "
        "sum(satisfaction_share * responses_n) / sum(responses_n) "
        "from mart_project_satisfaction where status = 'published' group by all",
    )
    assert len(rows) >= 5
    for feed, project, responses, found in rows:
        # Ratings are whole and spread by 0.15 of their scale.
        assert abs(found - planted[feed, project]) < 0.03 + 0.6 / responses**0.5
    few = demo.select(
        "teams",
        "select count(*) from mart_project_satisfaction "
        "where responses_n < 5 or rated_people_n < 5",
    )
    assert few == [(0,)]


def test_withheld_figures_have_a_reason_and_no_value(demo: Installation) -> None:
    rows = demo.select(
        "review",
        "select count(*) filter (value is not null), "
        "count(*) filter (withheld_reason is null), count(*) "
        "from fct_person_figure where status = 'withheld'",
    )
    assert rows[0][:2] == (0, 0)
    assert rows[0][2] > 0


@pytest.mark.parametrize("quarter", QUARTERS)
def test_explain_leads_to_vendor_rows_that_add_up(
    demo: Installation, quarter: str
) -> None:
    person = demo.warehouse(
        "select person_id from review.fct_person_figure where measure = "
        "'list_cost_usd' and status = 'published' and quarter_label = ? "
        "order by value desc limit 1",
        [quarter],
    )[0][0]
    told = demo.tokenworth("explain", person, quarter)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "equal to the figure" in told.stdout
    assert "lake/anthropic/usage/pages/" in told.stdout


def test_explain_leads_to_deliverables_that_add_up(demo: Installation) -> None:
    person = demo.warehouse(
        "select person_id from review.fct_person_figure where measure = "
        "'deliverables_n' and status = 'published' and quarter_label = '2026-Q3' "
        "order by value desc limit 1"
    )[0][0]
    options = ("--measure", "deliverables_n")
    told = demo.tokenworth("explain", person, "2026-Q3", *options)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "equal to the figure" in told.stdout


def test_a_stored_page_named_by_explain_holds_the_vendor_answer(
    demo: Installation,
) -> None:
    from datetime import UTC, datetime

    from ingestion.clock import FixedClock
    from ingestion.lake import Lake
    from ingestion.sources.anthropic.tables import USAGE

    pull, number = demo.warehouse(
        "select pull_id, page_number from core.fct_ai_usage_daily "
        "where person_id is not null and usage_date = date '2026-09-01' "
        "and vendor = 'anthropic' limit 1"
    )[0]
    lake = Lake(demo.home / "lake", FixedClock(datetime(2027, 2, 5, tzinfo=UTC)))
    page = json.loads(lake.stored_pages(USAGE, pull)[number - 1])
    assert page["data"]


def test_a_second_run_arrives_at_the_same_content(copied: Installation) -> None:
    before, receipts = copied.status(), _receipts(copied)
    ended = copied.tokenworth("demo")
    assert ended.returncode == 0, ended.stderr[-3000:]
    after = copied.status()
    assert after["content_hash"] == before["content_hash"]
    assert after["release"] == before["release"]
    # The revision window was asked again: one more receipt a day and table.
    assert _receipts(copied) >= receipts + 3 * 30


def _receipts(demo: Installation) -> int:
    return demo.warehouse("select count(*) from staging.stg_pulls__receipts")[0][0]
