"""Window tables: whole days are replaced, or nothing is."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_tables import (
    NOON,
    SPEND,
    Hand,
    day,
    days,
    failing,
    people,
    spend_page,
    spent,
)

from ingestion.errors import BadInput, PullHeld, SchemaChanged
from ingestion.lake import Lake


def files(root: Path) -> dict[str, bytes]:
    """Every file of the lake with its bytes, receipts and locks apart."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".locks" not in path.parts and "pulls" not in path.parts
    }


def test_a_pull_lands_one_file_and_one_receipt_a_day(lake: Lake, root: Path) -> None:
    pages = [spend_page([(0, "ann", 1), (1, "ann", 2)]), spend_page([(1, "bob", 3)])]
    receipts = lake.replace_days(SPEND, days(0, 2), pages)
    assert [receipt.window_day for receipt in receipts] == [day(0), day(1), day(2)]
    assert [receipt.row_count for receipt in receipts] == [1, 2, 0]
    outcomes = [receipt.outcome for receipt in receipts]
    assert outcomes == ["changed", "changed", "unchanged"]
    found = sorted(path.parent.name for path in root.glob("vendor/spend/current/*/*"))
    assert found == ["dt=1970-01-01", "dt=2027-01-01", "dt=2027-01-02"]
    bob = lake.current(SPEND).to_pylist()[2]
    assert bob == {
        "usage_date": day(1),
        "person": "bob",
        "model": "m",
        "tokens": 3,
        "amount": Decimal("1.5"),
        "note": None,
        "known_at": NOON.replace(tzinfo=None),
        "pull_id": receipts[0].pull_id,
        "page_number": 2,
    }


def test_files_are_exact_and_compressed(lake: Lake, root: Path) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1)])])
    footer = pq.ParquetFile(root / "vendor/spend/current/dt=2027-01-01/part.parquet")
    assert footer.metadata.row_group(0).column(0).compression == "ZSTD"
    assert footer.metadata.row_group(0).column(0).statistics.min == day(0)
    types = {field.name: str(field.type) for field in footer.schema_arrow}
    assert types["amount"] == "decimal128(38, 12)"
    assert types["known_at"] == "timestamp[us]"
    assert types["tokens"] == "int64"


def test_rows_that_vanish_at_the_vendor_vanish_here(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1), (0, "bob", 2)])])
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "bob", 2)])])
    assert spent(lake.current(SPEND)) == {(day(0), "bob", 2)}


def test_days_outside_the_window_are_untouched(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1), (1, "ann", 2)])])
    lake.replace_days(SPEND, days(1, 1), [spend_page([(1, "ann", 5)])])
    assert spent(lake.current(SPEND)) == {(day(0), "ann", 1), (day(1), "ann", 5)}


def test_an_empty_day_clears_its_partition(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page(people(300))])
    receipts = lake.replace_days(SPEND, days(0, 0), [spend_page([])])
    assert [(r.outcome, r.row_count) for r in receipts] == [("changed", 0)]
    assert lake.current(SPEND).num_rows == 0
    assert lake.replace_days(SPEND, days(0, 0), [])[0].outcome == "unchanged"


def test_an_identical_pull_writes_a_receipt_and_no_byte_of_data(
    lake: Lake, root: Path, clock: Hand
) -> None:
    rows = [(0, "ann", 1), (0, "bob", 2), (1, "ann", 3)]
    lake.replace_days(SPEND, days(0, 2), [spend_page(rows)])
    before = files(root)
    clock.on()
    pages = [spend_page(rows[2:]), spend_page(rows[1::-1])]
    receipts = lake.replace_days(SPEND, days(0, 2), pages)
    assert {receipt.outcome for receipt in receipts} == {"unchanged"}
    assert [receipt.row_count for receipt in receipts] == [2, 1, 0]
    assert files(root) == before
    assert lake.stored_pages(SPEND, receipts[0].pull_id) == []
    assert lake.receipts().num_rows == 6


def test_only_days_that_differ_are_written(lake: Lake, root: Path, clock: Hand) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1), (1, "ann", 2)])])
    before = files(root)
    clock.on()
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1), (1, "ann", 9)])])
    first = "vendor/spend/current/dt=2027-01-01/part.parquet"
    assert files(root)[first] == before[first]
    assert spent(lake.current(SPEND)) == {(day(0), "ann", 1), (day(1), "ann", 9)}


def test_a_pull_that_fails_midway_changes_nothing(lake: Lake, root: Path) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1)])])
    before = files(root)
    with pytest.raises(ConnectionError):
        lake.replace_days(SPEND, days(0, 1), failing(spend_page([(0, "ann", 2)])))
    assert files(root) == before
    assert lake.receipts().num_rows == 2


def test_a_repeated_page_counts_once(lake: Lake) -> None:
    page = spend_page([(0, "ann", 1), (0, "bob", 2)])
    lake.replace_days(SPEND, days(0, 0), [page, page])
    assert lake.current(SPEND)["tokens"].to_pylist() == [1, 2]
    assert lake.current(SPEND)["page_number"].to_pylist() == [1, 1]


def test_rows_that_contradict_each_other_are_refused(lake: Lake) -> None:
    pages = [spend_page([(0, "ann", 1), (0, None, 4)]), spend_page([(0, "ann", 2)])]
    with pytest.raises(BadInput) as caught:
        lake.replace_days(SPEND, days(0, 0), pages)
    assert caught.value.field == "tokens"
    assert "'person': 'ann'" in caught.value.problem
    assert "on pages [1, 2]" in caught.value.problem
    assert lake.current(SPEND).num_rows == 0


def test_a_contradiction_under_a_null_key_is_named_too(lake: Lake) -> None:
    rows = [(0, "ann", 1, None), (0, "ann", 1, None, Decimal(2)), (0, "bob", 1)]
    with pytest.raises(BadInput, match="'model': None} differs in amount"):
        lake.replace_days(SPEND, days(0, 0), [spend_page(rows)])


def test_rows_outside_the_window_are_refused(lake: Lake) -> None:
    with pytest.raises(SchemaChanged, match="rows of 2027-01-04 came") as caught:
        lake.replace_days(
            SPEND, days(0, 2), [spend_page([(0, "ann", 1), (3, "ann", 1)])]
        )
    assert caught.value.field == "usage_date"
    assert lake.current(SPEND).num_rows == 0


def test_a_row_without_a_day_is_refused(lake: Lake) -> None:
    page = spend_page([(0, "ann", 1)])
    nameless = {**page.columns, "usage_date": [None]}
    with pytest.raises(SchemaChanged, match="rows of None came"):
        lake.replace_days(SPEND, days(0, 2), [type(page)(nameless)])


def test_a_range_that_shrinks_tenfold_is_held(lake: Lake, root: Path) -> None:
    rows = people(15, 0) + people(15, 1)
    lake.replace_days(SPEND, days(0, 1), [spend_page(rows)])
    before = lake.current(SPEND)
    with pytest.raises(PullHeld) as caught:
        lake.replace_days(SPEND, days(0, 1), [spend_page(people(2, 0), b"few")])
    assert "--accept-smaller vendor/spend" in caught.value.fix
    assert lake.current(SPEND) == before
    held = lake.receipts().to_pylist()[-1]
    assert (held["outcome"], held["row_count"]) == ("held", 15)
    aside = pq.read_table(root / f"vendor/spend/held/{held['pull_id']}.parquet")
    assert spent(aside) == {(day(0), "p000", 0), (day(0), "p001", 1)}
    assert lake.stored_pages(SPEND, held["pull_id"]) == [b"few"]


def test_a_range_that_empties_is_held(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page(people(20))])
    with pytest.raises(PullHeld, match="0 rows"):
        lake.replace_days(SPEND, days(0, 1), [])


def test_a_single_day_that_shrinks_tenfold_is_held(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page(people(30))])
    with pytest.raises(PullHeld):
        lake.replace_days(SPEND, days(0, 0), [spend_page(people(2))])


def test_a_held_pull_lands_when_it_is_accepted(lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page(people(20))])
    receipts = lake.replace_days(SPEND, days(0, 1), [], accept_smaller=True)
    assert receipts[0].outcome == "changed"
    assert lake.current(SPEND).num_rows == 0


@pytest.mark.parametrize(("before", "after"), [(19, 1), (20, 2), (100, 10)])
def test_a_pull_that_shrinks_less_lands(before: int, after: int, lake: Lake) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page(people(before))])
    lake.replace_days(SPEND, days(0, 1), [spend_page(people(after))])
    assert lake.current(SPEND).num_rows == after


def test_a_year_of_days_in_one_pull_is_a_year_of_receipts(lake: Lake) -> None:
    pages = (spend_page(people(5, number)) for number in range(365))
    receipts = lake.replace_days(SPEND, days(0, 364), pages)
    assert len(receipts) == 365
    assert lake.current(SPEND).num_rows == 5 * 365
    assert len(lake.stored_pages(SPEND, receipts[0].pull_id)) == 365


def test_days_that_the_vendor_does_not_report_keep_what_landed(
    lake: Lake, clock: Hand
) -> None:
    lake.replace_days(SPEND, days(0, 2), [spend_page(people(30, 0) + people(30, 2))])
    clock.on()
    silent = replace(spend_page([]), note="only a day is kept", unreported=days(0, 1))
    pages = [silent, spend_page([(2, "ann", 1)])]
    receipts = lake.replace_days(SPEND, days(0, 2), pages, accept_smaller=True)
    told = [(receipt.outcome, receipt.row_count) for receipt in receipts]
    assert told == [("unreported", 30), ("unreported", 0), ("changed", 1)]
    assert receipts[0].note == "only a day is kept"
    assert lake.current(SPEND).num_rows == 31


def test_a_range_without_any_reported_day_is_not_taken_for_one_that_emptied(
    lake: Lake,
) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page(people(30))])
    silent = replace(spend_page([]), unreported=days(0, 1))
    receipts = lake.replace_days(SPEND, days(0, 1), [silent])
    assert {receipt.outcome for receipt in receipts} == {"unreported"}
    assert lake.current(SPEND).num_rows == 30


def test_days_told_more_coarsely_than_before_land_only_where_nothing_has(
    lake: Lake,
) -> None:
    lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", 1), (0, "bob", 2)])])
    coarse = replace(spend_page([(0, None, 3), (1, None, 4)]), coarse=days(0, 1))
    receipts = lake.replace_days(SPEND, days(0, 1), [coarse])
    assert [receipt.outcome for receipt in receipts] == ["unreported", "changed"]
    assert lake.current(SPEND)["person"].to_pylist() == ["ann", "bob", None]
