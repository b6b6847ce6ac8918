"""Entity tables: newest version per key, tombstones, and who may set them."""

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import (
    ISSUES,
    MEMBERS,
    NOON,
    Hand,
    failing,
    issues_page,
    listed,
    members_page,
    titles,
)

from ingestion.errors import PullHeld
from ingestion.lake import Lake


def naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def test_new_and_changed_rows_are_merged_by_key(lake: Lake, clock: Hand) -> None:
    first = lake.merge(ISSUES, [issues_page(("1", "old", 0), ("2", "kept", 0))])
    clock.on()
    second = lake.merge(ISSUES, [issues_page(("1", "new", 1), ("3", "added", 1))])
    assert titles(lake.current(ISSUES)) == {"1": "new", "2": "kept", "3": "added"}
    assert (first.row_count, second.row_count) == (2, 3)
    pulls = lake.current(ISSUES)["pull_id"].to_pylist()
    assert pulls == [second.pull_id, first.pull_id, second.pull_id]


def test_an_identical_pull_writes_no_data(lake: Lake, root: Path, clock: Hand) -> None:
    lake.merge(ISSUES, [issues_page(("1", "a", 0), ("2", "b", 0))])
    file = root / "tracker/issues/current/dt=all/part.parquet"
    before = file.read_bytes()
    clock.on()
    receipt = lake.merge(ISSUES, [issues_page(("2", "b", 0), ("1", "a", 0))])
    assert (receipt.outcome, receipt.row_count) == ("unchanged", 2)
    assert file.read_bytes() == before
    history = root / "tracker/issues/history"
    assert [file.name for file in history.iterdir()] == ["1970-01-01.parquet"]
    assert lake.stored_pages(ISSUES, receipt.pull_id) == []


def test_an_older_version_never_replaces_a_newer_one(lake: Lake) -> None:
    lake.merge(ISSUES, [issues_page(("1", "new", 5))])
    receipt = lake.merge(ISSUES, [issues_page(("1", "old", 4))])
    assert receipt.outcome == "unchanged"
    assert titles(lake.current(ISSUES)) == {"1": "new"}
    lake.merge(ISSUES, [issues_page(("1", "same time", 5))])
    assert titles(lake.current(ISSUES)) == {"1": "same time"}


def test_of_several_versions_in_one_pull_the_newest_lands(lake: Lake) -> None:
    pages = [issues_page(("1", "mid", 2), ("2", "x", 1)), issues_page(("1", "new", 3))]
    lake.merge(ISSUES, [*pages, issues_page(("1", "old", 1), ("2", "y", 1))])
    assert titles(lake.current(ISSUES)) == {"1": "new", "2": "y"}


def test_without_an_update_time_the_last_page_wins(lake: Lake) -> None:
    page = members_page("ann")
    later = type(page)({**page.columns, "is_active": [False]})
    lake.merge(MEMBERS, [page, later])
    assert lake.current(MEMBERS)["is_active"].to_pylist() == [False]


def test_a_census_marks_what_it_no_longer_lists(lake: Lake, clock: Hand) -> None:
    lake.merge(MEMBERS, [members_page("ann", "bob", None)])
    at = clock.on()
    receipt = lake.merge(MEMBERS, [members_page("ann", None)])
    assert (receipt.outcome, receipt.row_count) == ("changed", 2)
    gone = [row for row in lake.current(MEMBERS).to_pylist() if row["removed_at"]]
    assert gone == [
        {
            "site": "s",
            "member": "bob",
            "is_active": True,
            "removed_at": naive(at),
            "known_at": naive(at),
            "pull_id": receipt.pull_id,
            "page_number": None,
        }
    ]
    clock.on()
    assert lake.merge(MEMBERS, [members_page("ann", None)]).outcome == "unchanged"


def test_a_member_that_comes_back_is_listed_again(lake: Lake, clock: Hand) -> None:
    lake.merge(MEMBERS, [members_page("ann", "bob")])
    before = lake.inputs()
    lake.merge(MEMBERS, [members_page("ann")])
    clock.on()
    receipt = lake.merge(MEMBERS, [members_page("ann", "bob")])
    assert listed(lake.current(MEMBERS)) == {"ann", "bob"}
    assert (receipt.outcome, lake.inputs()) == ("changed", before)


def test_a_census_speaks_only_for_its_part(lake: Lake) -> None:
    lake.merge(MEMBERS, [members_page("ann")], within={"site": "s"})
    lake.merge(MEMBERS, [members_page("bob", site="t")], within={"site": "t"})
    assert listed(lake.current(MEMBERS)) == {"ann", "bob"}
    lake.merge(MEMBERS, [members_page()], within={"site": "s"})
    assert listed(lake.current(MEMBERS)) == {"bob"}


def test_a_table_that_is_no_census_forgets_nothing(lake: Lake) -> None:
    lake.merge(ISSUES, [issues_page(("1", "a", 0), ("2", "b", 0))])
    lake.merge(ISSUES, [issues_page(("2", "c", 1))], within={"site": "s"})
    assert titles(lake.current(ISSUES)) == {"1": "a", "2": "c"}


def test_what_a_list_lacks_is_marked_and_what_it_has_is_restored(
    lake: Lake, clock: Hand
) -> None:
    within = {"site": "s"}
    lake.merge(ISSUES, [issues_page(("1", "a", 0), ("2", "b", 0))])
    lake.merge(ISSUES, [issues_page(("9", "other", 0), site="t")])
    clock.on()
    new = [issues_page(("3", "c", 0))]
    lake.merge(ISSUES, new, within=within, listed={"issue_id": ["2"]})
    assert titles(lake.current(ISSUES)) == {"2": "b", "3": "c", "9": "other"}
    clock.on()
    lake.merge(ISSUES, [], within=within, listed={"issue_id": ["1", "2"]})
    assert titles(lake.current(ISSUES)) == {"1": "a", "2": "b", "9": "other"}
    receipt = lake.merge(ISSUES, [], within=within, listed={"issue_id": ["1", "2"]})
    assert receipt.outcome == "unchanged"


def test_a_removed_row_that_comes_in_an_older_version_keeps_the_newer(
    lake: Lake,
) -> None:
    lake.merge(ISSUES, [issues_page(("1", "new", 5))])
    lake.merge(ISSUES, [], listed={"issue_id": []})
    assert titles(lake.current(ISSUES)) == {}
    lake.merge(ISSUES, [issues_page(("1", "old", 4))])
    assert titles(lake.current(ISSUES)) == {"1": "new"}


def test_a_pull_that_fails_midway_changes_nothing(lake: Lake) -> None:
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    with pytest.raises(ConnectionError):
        lake.merge(ISSUES, failing(issues_page(("1", "b", 1))))
    assert titles(lake.current(ISSUES)) == {"1": "a"}
    assert lake.receipts().num_rows == 1


def test_a_census_that_shrinks_tenfold_is_held(lake: Lake) -> None:
    everyone = [f"m{number}" for number in range(30)]
    lake.merge(MEMBERS, [members_page(*everyone)])
    with pytest.raises(PullHeld, match="tracker/members/held/"):
        lake.merge(MEMBERS, [members_page("m1", "m2")])
    assert len(listed(lake.current(MEMBERS))) == 30
    held = lake.receipts().to_pylist()[-1]
    assert (held["outcome"], held["row_count"]) == ("held", 30)
    lake.merge(MEMBERS, [members_page("m1", "m2")], accept_smaller=True)
    assert listed(lake.current(MEMBERS)) == {"m1", "m2"}


def test_a_list_that_shrinks_tenfold_is_held(lake: Lake) -> None:
    issues = [(str(number), "a", 0) for number in range(20)]
    lake.merge(ISSUES, [issues_page(*issues)])
    with pytest.raises(PullHeld):
        lake.merge(ISSUES, [], listed={"issue_id": ["1"]})
    lake.merge(ISSUES, [], listed={"issue_id": ["1", "2"]})
    assert set(titles(lake.current(ISSUES))) == {"1", "2"}


def test_an_empty_first_pull_is_a_receipt(lake: Lake) -> None:
    receipt = lake.merge(ISSUES, [])
    assert (receipt.outcome, receipt.row_count) == ("unchanged", 0)
    assert len(receipt.content_hash) == 64


@given(order=st.permutations(range(6)), cuts=st.sets(st.integers(1, 5)))
@settings(max_examples=25)
def test_versions_in_any_order_and_any_pulls_end_the_same(
    order: list[int], cuts: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lake = Lake(tmp_path_factory.mktemp("lake"), Hand())
    rows = [(str(number % 2), f"v{number}", number) for number in order]
    edges = [0, *sorted(cuts), len(rows)]
    for start, end in pairwise(edges):
        lake.merge(ISSUES, [issues_page(*rows[start:end])])
    assert titles(lake.current(ISSUES)) == {"0": "v4", "1": "v5"}
    assert lake.current(ISSUES)["updated_at"].to_pylist() == [
        naive(NOON + timedelta(hours=4)),
        naive(NOON + timedelta(hours=5)),
    ]
