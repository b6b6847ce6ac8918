"""The content hash: of what the rows say, not of where and when they came from."""

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import ISSUES, SPEND, issues_page, spend_page

from ingestion.lake.content import content_hash, in_order, schema, with_values
from ingestion.lake.rows import page_rows

ROW = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["ann", "bob", "", 'q"', "a,b", "é\n"]) | st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from(["m", ""]) | st.none(),
    st.decimals(-(10**9), 10**9, places=12) | st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3) | st.none(),
)


def hash_of(rows: list[tuple[object, ...]], number: int = 1) -> str:
    table = page_rows(SPEND, spend_page(rows), number)
    return content_hash(SPEND, in_order(SPEND, table))


@given(data=st.data(), rows=st.lists(ROW, max_size=6, unique_by=lambda row: row[:4]))
@settings(max_examples=100)
def test_the_order_of_rows_does_not_matter(
    data: st.DataObject, rows: list[tuple[object, ...]]
) -> None:
    rows = [row for n, row in enumerate(rows) if _key(row) not in map(_key, rows[:n])]
    assert hash_of(data.draw(st.permutations(rows))) == hash_of(rows)


def _key(row: tuple[object, ...]) -> tuple[object, ...]:
    return (row[0], row[1], row[3])


@given(row=ROW, other=ROW)
def test_different_rows_have_different_hashes(
    row: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert (hash_of([row]) == hash_of([other])) == (row == other)


def test_null_is_not_empty() -> None:
    null, empty = (0, None, 1), (0, "", 1)
    assert hash_of([null]) != hash_of([empty])
    assert hash_of([null, empty]) == hash_of([empty, null])


def test_a_changed_pico_dollar_changes_the_hash() -> None:
    one = (0, "ann", 1, "m", Decimal("10.000000000001"))
    two = (0, "ann", 1, "m", Decimal("10.000000000002"))
    assert hash_of([one]) != hash_of([two])
    assert hash_of([one]) == hash_of([(*one[:4], Decimal("10.0000000000010"))])


def test_provenance_is_no_content() -> None:
    assert hash_of([(0, "ann", 1)], number=1) == hash_of([(0, "ann", 1)], number=9)


def test_a_tombstone_is_content() -> None:
    rows = page_rows(ISSUES, issues_page(("1", "a", 0)), 1)
    gone = with_values(rows, {"removed_at": datetime(2027, 1, 1)})  # noqa: DTZ001 - as in files
    assert content_hash(ISSUES, rows) != content_hash(ISSUES, gone)


def test_every_type_of_the_catalogue_has_an_arrow_type() -> None:
    from ingestion.catalog import TABLES

    for table in TABLES:
        assert schema(table).names[-3:] == ["known_at", "pull_id", "page_number"]
    assert schema(SPEND).field("amount").type == pa.decimal128(38, 12)


KNOWN = "a4a310aec11c3354905faa893411a71c307d2f9c072b44720873167d9692ce33"


def test_the_hash_of_known_rows_never_changes() -> None:
    rows = [(0, "ann", 1), (1, None, 2, None, None, "note")]
    assert hash_of(rows) == KNOWN
