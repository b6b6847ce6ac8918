"""A lake of hand-written rows: what dbt reads, without anything that pulls."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.catalog import TABLES
from ingestion.table import PROVENANCE, REMOVED_AT, Column, Table

Row = Mapping[str, Any]
TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
KNOWN_AT = datetime(2026, 8, 1, tzinfo=UTC).replace(tzinfo=None)
LANDED = {"known_at": KNOWN_AT, "pull_id": "pull-1", "page_number": 1}


def write_lake(root: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write every table of the catalogue; `rows` are by `<source>/<table>`."""
    unknown = set(rows) - {table.path for table in TABLES}
    assert not unknown, f"no such tables: {unknown}"
    for table in TABLES:
        _write_part(root, table, "1970-01-01", [])
        write_history(root, table, [])
        for day, part in _parts(table, rows.get(table.path, ())).items():
            _write_part(root, table, day, part)


def write_history(root: Path, table: Table, rows: Sequence[Row]) -> None:
    """Earlier versions of a table's rows, each with `superseded_at`."""
    superseded = Column("superseded_at", "timestamp", "Until when it was in force.")
    columns = (*_columns(table), superseded)
    _write(root / table.path / "history", "1970-01-01", columns, rows)


def _columns(table: Table) -> tuple[Column, ...]:
    removed = (REMOVED_AT,) if table.kind == "entity" else ()
    return (*table.columns, *PROVENANCE, *removed)


def _parts(table: Table, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by partition: a day of a window table, `all` of an entity table."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        day = "all" if table.day_column is None else str(row[table.day_column])
        parts.setdefault(day, []).append(row)
    return parts


def _write_part(root: Path, table: Table, day: str, rows: Sequence[Row]) -> None:
    folder = root / table.path / "current" / f"dt={day}"
    _write(folder, "part", _columns(table), rows)


def _write(
    folder: Path, name: str, columns: Sequence[Column], rows: Sequence[Row]
) -> None:
    names = {column.name for column in columns}
    for row in rows:
        assert set(row) <= names, f"{folder} has no {set(row) - names}"
    schema = pa.schema([(column.name, _type(column.type)) for column in columns])
    folder.mkdir(parents=True, exist_ok=True)
    landed = [{**LANDED, **row} for row in rows]
    pq.write_table(pa.Table.from_pylist(landed, schema), folder / f"{name}.parquet")


def _type(name: str) -> pa.DataType:
    """The Arrow type of a column's type, e.g. of `decimal(38,12)`."""
    if name.startswith("decimal("):
        return pa.decimal128(*map(int, name[8:-1].split(",")))
    return TYPES[name]
