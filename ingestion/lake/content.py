"""Arrow types of a table, its canonical order, and the hash of its content."""

import hashlib
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.csv as csv

from ingestion.table import PROVENANCE, REMOVED_AT, Column, Table

_TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
_DECIMAL = re.compile(r"decimal\((\d+),\s*(\d+)\)")
_CANONICAL = csv.WriteOptions(include_header=False, quoting_style="needed")


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a column's SQL type; timestamps are naive UTC microseconds."""
    if decimal := _DECIMAL.fullmatch(column.type):
        return pa.decimal128(int(decimal[1]), int(decimal[2]))
    return _TYPES[column.type]


def content_columns(table: Table) -> list[str]:
    """The columns that are content: all but provenance."""
    removed = [REMOVED_AT.name] if table.kind == "entity" else []
    return [column.name for column in table.columns] + removed


@cache
def schema(table: Table) -> pa.Schema:
    """The schema of the table's files."""
    extra = (REMOVED_AT,) if table.kind == "entity" else ()
    columns = (*table.columns, *extra, *PROVENANCE)
    return pa.schema([(column.name, arrow_type(column)) for column in columns])


def with_values(rows: pa.Table, values: Mapping[str, Any]) -> pa.Table:
    """The rows with these columns replaced, each by one value or by an array."""
    for name, value in values.items():
        at = rows.schema.get_field_index(name)
        field = rows.schema.field(at)
        if not isinstance(value, pa.Array | pa.ChunkedArray):
            value = pa.repeat(pa.scalar(value, field.type), rows.num_rows)
        rows = rows.set_column(at, field, value)
    return rows


def in_order(table: Table, rows: pa.Table) -> pa.Table:
    """The rows sorted by key, nulls last: the order of every file of the lake."""
    return rows.sort_by([(name, "ascending") for name in table.key]).combine_chunks()


def content_hash(table: Table, ordered: pa.Table) -> str:
    """SHA-256 of rows that are in order, as canonical text without provenance.

    Strings are quoted and nulls are not, so that null differs from empty.
    """
    text = io.BytesIO()
    csv.write_csv(ordered.select(content_columns(table)), text, _CANONICAL)
    return hashlib.sha256(text.getbuffer()).hexdigest()
