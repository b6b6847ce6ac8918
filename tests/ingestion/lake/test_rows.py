"""Pages become typed rows, or an error that names the column."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from small_tables import ISSUES, SPEND, issues_page, spend_page

from ingestion.errors import SchemaChanged
from ingestion.lake.rows import page_rows
from ingestion.page import Page

NAIVE = datetime(2027, 1, 1, 10)  # noqa: DTZ001 - the case under test


def with_column(page: Page, name: str, values: Any) -> Page:
    return Page({**page.columns, name: values})


def test_a_page_without_rows_has_the_columns() -> None:
    rows = page_rows(SPEND, spend_page([]), 1)
    assert rows.num_rows == 0
    assert rows.schema.names[:3] == ["usage_date", "person", "model"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("tokens", [1.5]),
        ("tokens", [1.0]),
        ("tokens", [True]),
        ("tokens", ["7"]),
        ("tokens", [2**63]),
        ("tokens", pa.array([1.5])),
        ("amount", [0.1]),
        ("amount", ["0.1"]),
        ("amount", [Decimal("0.0000000000001")]),
        ("person", [7]),
        ("usage_date", ["2027-01-01"]),
        ("usage_date", [datetime(2027, 1, 1, 10, tzinfo=UTC)]),
        ("usage_date", [20270101]),
    ],
)
def test_a_value_of_another_type_is_refused(column: str, values: Any) -> None:
    page = with_column(spend_page([(0, "ann", 1)]), column, values)
    with pytest.raises(SchemaChanged) as caught:
        page_rows(SPEND, page, 1)
    assert (caught.value.source, caught.value.field) == ("vendor/spend", column)
    assert caught.value.problem.startswith("expected ")


def test_a_time_that_is_none_is_refused() -> None:
    for values in (["2027-01-01T00:00:00Z"], [date(2027, 1, 1)], [1.5]):
        page = with_column(issues_page(("1", "a", 0)), "updated_at", values)
        with pytest.raises(SchemaChanged, match="field updated_at: expected timestamp"):
            page_rows(ISSUES, page, 1)


def test_times_of_any_zone_become_utc() -> None:
    east = datetime(2027, 1, 1, 10, tzinfo=timezone(timedelta(hours=2)))
    page = with_column(issues_page(("1", "a", 0)), "updated_at", [east])
    found = page_rows(ISSUES, page, 1)["updated_at"].to_pylist()
    assert found == [NAIVE - timedelta(hours=2)]


def test_arrow_columns_are_taken_as_they_are() -> None:
    page = spend_page([(0, "ann", 1), (0, "bob", 2)])
    tokens = pa.chunked_array([[1], [2]], pa.int32())
    rows = page_rows(SPEND, with_column(page, "tokens", tokens), 3)
    assert rows["tokens"].to_pylist() == [1, 2]
    assert rows["page_number"].to_pylist() == [3, 3]


def test_a_missing_column_is_named() -> None:
    columns = dict(spend_page([(0, "ann", 1)]).columns)
    del columns["amount"]
    with pytest.raises(SchemaChanged, match="field amount: the page lacks the column"):
        page_rows(SPEND, Page(columns), 1)


def test_a_column_the_table_lacks_is_named() -> None:
    page = with_column(spend_page([(0, "ann", 1)]), "extra", [1])
    with pytest.raises(SchemaChanged, match="field extra: the page has a column"):
        page_rows(SPEND, page, 1)


def test_columns_of_different_lengths_are_named() -> None:
    page = with_column(spend_page([(0, "ann", 1)]), "note", ["a", "b"])
    with pytest.raises(SchemaChanged, match="field note: 2 values where"):
        page_rows(SPEND, page, 1)
