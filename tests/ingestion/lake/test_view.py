"""Reading: as it is, as it was known once, and as it came."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import (
    ISSUES,
    MEMBERS,
    NOON,
    SPEND,
    Hand,
    day,
    days,
    issues_page,
    listed,
    members_page,
    spend_page,
    spent,
    titles,
)

from ingestion.lake import Lake
from ingestion.lake.tables import GATE_RESULTS, RECEIPTS, TABLES
from ingestion.page import Page


def test_a_new_lake_has_every_column_and_no_row(lake: Lake) -> None:
    for table in (SPEND, ISSUES, MEMBERS, *TABLES):
        assert lake.current(table).num_rows == 0
        assert lake.as_of(table, NOON).num_rows == 0
    assert lake.inputs() == {}


def test_what_was_known_at_a_time_stays_readable(lake: Lake, clock: Hand) -> None:
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1), (1, "ann", 1)])])
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    lake.merge(MEMBERS, [members_page("ann", "bob")])
    second = clock.on()
    lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 2)])])
    lake.merge(ISSUES, [issues_page(("1", "b", 1), ("2", "b", 1))])
    lake.merge(MEMBERS, [members_page("bob")])
    third = clock.on()
    lake.replace_days(SPEND, days(0, 1), [spend_page([(1, "ann", 3)])])
    lake.merge(ISSUES, [], listed={"issue_id": ["2"]})
    lake.merge(MEMBERS, [members_page("ann", "bob")])

    first = {(day(0), "ann", 1), (day(1), "ann", 1)}
    assert spent(lake.as_of(SPEND, NOON - timedelta(seconds=1))) == set()
    assert spent(lake.as_of(SPEND, NOON)) == first
    assert spent(lake.as_of(SPEND, second - timedelta(seconds=1))) == first
    assert spent(lake.as_of(SPEND, second)) == {(day(0), "ann", 2)}
    assert spent(lake.as_of(SPEND, third)) == {(day(1), "ann", 3)}
    assert titles(lake.as_of(ISSUES, NOON)) == {"1": "a"}
    assert titles(lake.as_of(ISSUES, second)) == {"1": "b", "2": "b"}
    assert titles(lake.as_of(ISSUES, third)) == {"2": "b"}
    assert listed(lake.as_of(MEMBERS, second)) == {"bob"}
    assert listed(lake.as_of(MEMBERS, third)) == {"ann", "bob"}


def test_under_a_clock_that_stands_still_the_latest_is_known(lake: Lake) -> None:
    for tokens in (1, 2, 3):
        lake.replace_days(SPEND, days(0, 0), [spend_page([(0, "ann", tokens)])])
        lake.merge(ISSUES, [issues_page(("1", f"v{tokens}", tokens))])
    assert spent(lake.as_of(SPEND, NOON)) == {(day(0), "ann", 3)}
    assert titles(lake.as_of(ISSUES, NOON)) == {"1": "v3"}
    pulls = lake.receipts()["pull_id"].to_pylist()
    assert len(set(pulls)) == 6
    assert lake.receipts()["table_name"].to_pylist() == ["spend", "issues"] * 3


PULL = st.tuples(
    st.integers(0, 2),
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.sampled_from(["ann", "bob"])),
        st.integers(0, 3),
        max_size=4,
    ),
    st.dictionaries(st.sampled_from("123"), st.integers(0, 3), max_size=3),
)


@given(pulls=st.lists(PULL, min_size=1, max_size=5))
@settings(max_examples=15)
def test_any_history_reads_as_it_was(
    pulls: list[tuple[int, dict[tuple[int, str], int], dict[str, int]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock = Hand()
    lake = Lake(tmp_path_factory.mktemp("lake"), clock)
    issues: dict[str, str] = {}
    known: dict[datetime, tuple[set[tuple[date, str, int]], dict[str, str]]] = {}
    for number, (hours, use, edited) in enumerate(pulls):
        at = clock.on(hours=hours)
        rows = [(number_, person, n) for (number_, person), n in use.items()]
        lake.replace_days(SPEND, days(0, 2), [spend_page(rows)])
        changes = [(key, f"v{n}", number) for key, n in edited.items()]
        lake.merge(ISSUES, [issues_page(*changes)])
        issues |= {key: title for key, title, _ in changes}
        known[at] = ({(day(d), p, n) for d, p, n in rows}, dict(issues))
    for at, (spend, titles_) in known.items():
        assert spent(lake.as_of(SPEND, at)) == spend
        assert titles(lake.as_of(ISSUES, at)) == titles_
    assert lake.as_of(SPEND, clock.at).num_rows == lake.current(SPEND).num_rows


@given(
    use=st.dictionaries(
        st.tuples(st.integers(0, 2), st.sampled_from(["ann", "bob", "eve"])),
        st.integers(0, 3),
    ),
    data=st.data(),
)
@settings(max_examples=20)
def test_a_pull_played_twice_in_any_order_gives_the_same_lake(
    use: dict[tuple[int, str], int],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lake = Lake(tmp_path_factory.mktemp("lake"), Hand())
    rows = [(number, person, n) for (number, person), n in use.items()]
    first = lake.replace_days(SPEND, days(0, 2), [spend_page(rows)])
    before, inputs = lake.current(SPEND), lake.inputs()
    again = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    pages = [spend_page(again[:cut]), spend_page(again[cut:])]
    second = lake.replace_days(SPEND, days(0, 2), pages)
    assert {receipt.outcome for receipt in second} == {"unchanged"}
    assert (lake.current(SPEND), lake.inputs()) == (before, inputs)
    assert [r.content_hash for r in first] == [r.content_hash for r in second]


def test_pages_can_be_played_again_without_the_vendor(lake: Lake, clock: Hand) -> None:
    bodies = [b'{"page":1}', b"", b'{"page":3}' * 1000]
    pages = [spend_page([(0, f"p{n}", n)], body) for n, body in enumerate(bodies)]
    pull_id = lake.replace_days(SPEND, days(0, 0), pages)[0].pull_id
    assert lake.stored_pages(SPEND, pull_id) == bodies
    row = lake.current(SPEND).to_pylist()[2]
    assert lake.stored_pages(SPEND, row["pull_id"])[row["page_number"] - 1] == bodies[2]


def test_receipts_tell_what_came(lake: Lake, clock: Hand) -> None:
    page = replace(
        spend_page([(0, "ann", 1)]),
        refreshed_at=NOON - timedelta(hours=2),
        unknown_fields=frozenset({"b", "a"}),
    )
    later = replace(spend_page([]), refreshed_at=NOON, unknown_fields=frozenset({"c"}))
    (receipt,) = lake.replace_days(SPEND, days(0, 0), [page, later])
    clock.on()
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    rows = lake.receipts().to_pylist()
    naive = NOON.replace(tzinfo=None)
    assert rows[0] == {
        "pull_id": receipt.pull_id,
        "source": "vendor",
        "table_name": "spend",
        "window_day": day(0),
        "row_count": 1,
        "content_hash": receipt.content_hash,
        "outcome": "changed",
        "unknown_fields": "a,b,c",
        "refreshed_at": naive - timedelta(hours=2),
        "note": None,
        "pulled_at": naive,
        "removed_at": None,
        "known_at": naive,
        "page_number": None,
    }
    assert (rows[1]["window_day"], rows[1]["refreshed_at"]) == (None, None)
    assert rows[1]["unknown_fields"] is None


def test_receipts_lie_in_one_file_a_pull(lake: Lake, root: Path) -> None:
    receipts = lake.replace_days(SPEND, days(0, 3), [])
    folder = root / f"{RECEIPTS.path}/current/dt=2027-02-05"
    assert [path.stem for path in folder.iterdir()] == [receipts[0].pull_id]
    assert pq.read_table(folder).num_rows == 4


def test_inputs_name_each_file_in_force_with_its_hash(lake: Lake, clock: Hand) -> None:
    first = lake.replace_days(SPEND, days(0, 1), [spend_page([(0, "ann", 1)])])
    second = lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    lake.merge(GATE_RESULTS, [gate_page()])
    assert lake.inputs() == {
        "vendor/spend/current/dt=2027-01-01/part.parquet": first[0].content_hash,
        "tracker/issues/current/dt=all/part.parquet": second.content_hash,
    }


def gate_page() -> Page:
    values = {column.name: [None] for column in GATE_RESULTS.columns}
    return Page({**values, "candidate_id": ["c"], "gate_id": ["DQ01"]})


def test_gate_results_land_like_any_entity(lake: Lake) -> None:
    assert lake.merge(GATE_RESULTS, [gate_page()]).outcome == "changed"
    assert lake.current(GATE_RESULTS)["gate_id"].to_pylist() == ["DQ01"]


def test_a_compact_copy_has_one_file_a_table(lake: Lake, tmp_path: Path) -> None:
    rows = [(number, "ann", number) for number in range(4)]
    lake.replace_days(SPEND, days(0, 3), [spend_page(rows)])
    lake.merge(ISSUES, [issues_page(("1", "a", 0))])
    lake.compact(tmp_path / "copy")
    for table in (SPEND, ISSUES, MEMBERS, RECEIPTS):
        (file,) = (tmp_path / "copy" / table.path).rglob("*.parquet")
        assert str(file.relative_to(tmp_path / "copy" / table.path)) == (
            "current/dt=all/part.parquet"
        )
        assert pq.ParquetFile(file).read().equals(lake.current(table))
