import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from expectations.gate import Audit
from ingestion.lake.tables import GATE_RESULTS
from tests.expectations.defects import (
    COSTS,
    COVERAGE,
    FIGURES,
    ONE_DAY,
    PERSONS,
    TEAMS,
    WHOLE,
)
from tests.expectations.seeded import Company, decisions
from tests.publication.small_warehouse import PRESENT

ROOT = Path(__file__).parents[3]


def row(audited: Audit, gate: str, subject: str) -> dict[str, Any]:
    return next(
        row
        for row in audited.rows
        if (row["gate_id"], row["gate_subject"]) == (gate, subject)
    )


def test_rows_have_the_shape_of_the_lakes_gate_results(company: Company) -> None:
    audited = company.audit()
    names = {column.name for column in GATE_RESULTS.columns}
    for found in audited.rows:
        assert set(found) == names
        assert found["candidate_id"] == company.candidate_id
        assert found["evaluated_at"] == PRESENT
        assert found["severity"] in {"block", "withhold", "warn"}
        assert found["observed"] is None or isinstance(found["observed"], float)
    keys = [tuple(found[name] for name in GATE_RESULTS.key) for found in audited.rows]
    assert len(set(keys)) == len(keys)
    assert audited.content_hash == "content"


def test_a_threshold_of_the_configuration_replaces_the_default(
    company: Company,
) -> None:
    company.seed(f"update {COSTS} set list_cost_usd = 1.02 * list_cost_usd")
    loose = company.audit({"DQ02"}, thresholds={"cost_difference_share": 0.03})
    assert decisions(loose) == {}
    strict = company.audit({"DQ12"}, thresholds={"unattributed_share_block": 0.001})
    assert decisions(strict) == {("DQ12", COSTS): "block"}
    assert row(strict, "DQ12", COSTS)["threshold"] == 0.001


def test_cost_may_differ_by_a_few_dollars_or_by_a_share(company: Company) -> None:
    company.seed(
        f"update {COSTS} set list_cost_usd = list_cost_usd + 4.9 where {ONE_DAY}",
        f"update {COSTS} set vendor_list_cost_usd = null where not ({ONE_DAY})",
    )
    assert decisions(company.audit({"DQ02"})) == {}
    company.seed(
        f"update {COSTS} set list_cost_usd = list_cost_usd + 0.2 where {ONE_DAY}"
    )
    assert decisions(company.audit({"DQ02"})) == {("DQ02", COSTS): "block"}


def test_a_vendor_that_reports_no_cost_is_not_compared(company: Company) -> None:
    company.seed(f"update {COSTS} set vendor_list_cost_usd = null")
    found = row(company.audit({"DQ02"}), "DQ02", COSTS)
    assert (found["decision"], found["observed"]) == ("pass", None)
    assert found["detail"] == "Nothing found (there is nothing to judge)."


def test_without_an_ai_vendor_what_is_unattributed_is_not_judged(
    company: Company,
) -> None:
    classes = (
        *("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h"),
        *("cache_write_unspecified", "input_unspecified"),
    )
    measures = (
        *("list_cost_usd", "requests", "active_days", "output_tokens"),
        *(f"{name}_tokens" for name in classes),
    )
    company.seed(
        f"delete from {COSTS}",
        "delete from steward.mart_unattributed_usage",
        f"update {COVERAGE} set is_connected = false, expected_days_n = null, "
        "delivered_days_n = null where source = 'anthropic'",
        f"update {PERSONS} set {', '.join(f'{name} = null' for name in measures)}, "
        "list_cost_withheld_reason = 'not_connected', "
        "tokens_withheld_reason = 'not_connected', "
        "active_days_withheld_reason = 'not_connected', "
        "requests_withheld_reason = 'not_connected'",
        f"update {FIGURES} set value = null, status = 'withheld', withheld_reason = "
        f"'not_connected' where measure in {measures} and status = 'published'",
        f"update {TEAMS} set list_cost_usd = null, active_people_n = null, "
        "list_cost_withheld_reason = 'not_connected'",
    )
    audited = company.audit()
    assert decisions(audited) == {("DQ06", PERSONS): "withhold"}
    assert row(audited, "DQ12", COSTS)["observed"] is None


@pytest.mark.parametrize(
    "edges",
    [
        {("marts/allocation/mart_balance", "marts/review/mart_person")},
        {("intermediate/int_detector_flags", "marts/review/mart_person")},
        {
            ("marts/allocation/mart_balance", "intermediate/int_a"),
            ("intermediate/int_a", "intermediate/int_b"),
            ("intermediate/int_b", "marts/review/mart_person"),
        },
    ],
)
def test_no_path_leads_from_allocation_to_the_review(
    edges: set[tuple[str, str]], company: Company
) -> None:
    audited = company.audit({"DQ47"}, edges=edges)
    assert decisions(audited) == {("DQ47", WHOLE): "block"}
    assert "marts/review/mart_person" in row(audited, "DQ47", WHOLE)["detail"]


@pytest.mark.parametrize("edges", [set(), {("mart_balance", "mart_person")}])
def test_without_the_folders_of_models_the_wall_is_not_checked_and_blocks(
    edges: set[tuple[str, str]], company: Company
) -> None:
    audited = company.audit({"DQ47"}, edges=edges)
    assert decisions(audited) == {("DQ47", WHOLE): "block"}


def test_the_review_may_feed_other_purposes(company: Company) -> None:
    edges = {("marts/review/mart_person", "marts/allocation/mart_balance")}
    assert decisions(company.audit({"DQ47"}, edges=edges)) == {}


def test_a_mart_that_lost_half_its_rows_is_a_warning(
    company: Company, written: Path
) -> None:
    before = Company(written)
    same = company.audit({"PC07"}, previous=before.query)
    assert row(same, "PC07", WHOLE)["observed"] == 0
    company.seed(f"delete from {COSTS} where usage_date > date '2026-08-01'")
    audited = company.audit({"PC07"}, previous=before.query)
    assert decisions(audited) == {("PC07", WHOLE): "warn"}
    assert audited.passed
    assert (
        f"{COSTS}: 14 rows, 42 in the last release"
        in (row(audited, "PC07", WHOLE)["detail"])
    )


def test_a_mart_that_is_new_has_no_volume_to_compare(
    company: Company, written: Path
) -> None:
    before = Company(written).seed(f"drop table {TEAMS}")
    assert decisions(company.audit({"PC07"}, previous=before.query)) == {}


def test_what_cannot_be_judged_blocks(company: Company) -> None:
    company.seed(f"alter table {COSTS} drop column unexplained_tokens")
    audited = company.audit({"DQ01"})
    assert decisions(audited)["DQ01", COSTS] == "block"
    assert "could not be judged" in row(audited, "DQ01", COSTS)["detail"]


def test_a_column_that_a_suite_misses_blocks(company: Company) -> None:
    company.seed(f"alter table {PERSONS} drop column coverage")
    audited = company.audit({"PC08"})
    assert decisions(audited) == {("PC08", PERSONS): "block"}
    assert "or could not be judged" in row(audited, "PC08", PERSONS)["detail"]


def test_many_findings_are_counted_and_three_are_told(company: Company) -> None:
    company.seed(f"update {COSTS} set vendor_tokens = vendor_tokens + 1")
    found = row(company.audit({"DQ01"}), "DQ01", COSTS)
    assert found["observed"] == 42
    assert "; and 39 more. Fix: " in found["detail"]


def test_details_about_teams_name_no_team_and_no_number_of_theirs(
    company: Company,
) -> None:
    company.seed(f"update {TEAMS} set people_n = 7, status = 'published'")
    for gate in ("DQ33", "DQ40"):
        for found in company.audit({gate}).findings:
            assert "team-" not in found["detail"]
            assert "7" not in found["detail"].replace("2027", "")


def test_the_audit_prints_nothing(
    company: Company, capfd: pytest.CaptureFixture[str]
) -> None:
    company.audit({"DQ09"})
    assert capfd.readouterr() == ("", "")


def test_loading_the_gate_does_not_load_great_expectations() -> None:
    code = (
        "import sys, expectations.gate; "
        "assert not {'great_expectations', 'pandas', 'duckdb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_company_without_people_and_vendors_is_judged(company: Company) -> None:
    tables = company.query(
        "select table_catalog || '.' || table_name as mart "
        "from information_schema.tables where table_name <> 'mart_column_dictionary'"
    )
    company.seed(*(f"delete from {mart}" for mart in tables["mart"]))
    audited = company.audit()
    assert decisions(audited) == {}
    assert not [found for found in audited.rows if "judged" in found["detail"]]
