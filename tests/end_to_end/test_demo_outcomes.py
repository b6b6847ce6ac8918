"""Outcomes of the demo beside what its company really did, row by row."""

import duckdb
import pytest

from ingestion.simulator import PRESENT, Company, Truth
from tests.end_to_end.installing import Installation

pytestmark = pytest.mark.slow
# Hosts are read from the first of January on; what was open then came a little later.
HOSTED_SINCE = "timestamptz '2026-01-05 00:00:00+00'"


@pytest.fixture(scope="module")
def truth() -> Truth:
    return Truth(Company()).as_served(PRESENT)


def differing(planted: object, wanted: str, found: object, shown: str) -> list[object]:
    """Rows of only one side, of two queries over `planted` and `found`."""
    compared = duckdb.connect()
    compared.execute("set timezone = 'UTC'")
    compared.register("planted", planted)
    compared.register("found", found)
    assert compared.execute(f"select count(*) > 1000 from ({shown})").fetchone() == (
        True,
    )
    return compared.execute(
        f"(({wanted}) except all ({shown})) union all (({shown}) except all ({wanted}))"
    ).fetchall()


def test_every_persons_share_of_every_delivered_issue_is_the_planted_one(
    demo: Installation, truth: Truth
) -> None:
    credits = demo.warehouse_table(
        "select * from core.fct_delivery_credit "
        "where item_kind = 'issue' and credit_rule = 'equal'"
    )
    assert not differing(
        truth.delivered,
        "select issue_id, case when is_resolvable then person_id end as person_id, "
        "sum(credit_millionths) as millionths from planted group by all",
        credits,
        "select split_part(item_id, '/', 2) as issue_id, person_id, "
        "sum(credit_millionths) as millionths from found group by all",
    )


def test_every_persons_share_of_every_merged_pull_request_is_the_planted_one(
    demo: Installation, truth: Truth
) -> None:
    credits = demo.warehouse_table(
        "select change.repository, change.pull_request_number, change.merged_at, "
        "credit.person_id, credit.credit_millionths "
        "from core.fct_delivery_credit as credit "
        "inner join core.fct_change as change on credit.item_id = change.change_id "
        "where credit.item_kind = 'merged_change' and credit.credit_rule = 'equal'"
    )
    assert not differing(
        truth.merged,
        "select repository, change_number as number, person_id, "
        "sum(credit_millionths) as millionths from planted "
        f"where kind in ('source', 'binary') and merged_at >= {HOSTED_SINCE} "
        "group by all",
        credits,
        "select repository, pull_request_number as number, person_id, "
        "sum(credit_millionths) as millionths from found "
        f"where merged_at >= {HOSTED_SINCE} group by all",
    )


def test_everybody_is_credited_with_the_reviews_they_gave_and_no_other(
    demo: Installation, truth: Truth
) -> None:
    reviews = demo.warehouse_table(
        "select request.source, request.repository, request.number, "
        "review.person_id, review.first_reviewed_at "
        "from core.fct_review_credit as review "
        "inner join intermediate.int_pull_requests_collected as request "
        "on review.host = request.host "
        "and review.pull_request_id = request.pull_request_id"
    )
    one_side = (
        "select source, repository, number, person_id from {} "
        f"where first_reviewed_at >= {HOSTED_SINCE}"
    )
    assert not differing(
        truth.reviews, one_side.format("planted"), reviews, one_side.format("found")
    )


def test_lines_are_rewritten_by_whom_and_as_soon_as_planted(
    demo: Installation, truth: Truth
) -> None:
    lines = demo.warehouse_table(
        "select * from intermediate.int_lines_rewritten "
        # The first commit of each repository is nobody's change.
        "where mainline_sha not in (select commit_sha from staging.stg_git__commits "
        "where parents = 0)"
    )
    one_side = (
        "select repository, epoch_ms(merged_at) // 1000 as second, written_lines, "
        "rewritten_own_lines, rewritten_others_lines from {}"
    )
    assert not differing(
        truth.rework, one_side.format("planted"), lines, one_side.format("found")
    )
