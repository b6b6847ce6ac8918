"""A lake of hand-written rows: what dbt reads, without anything that pulls."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.catalog import TABLES
from ingestion.table import PROVENANCE, REMOVED_AT, Table

Row = Mapping[str, Any]
TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "decimal(38,12)": pa.decimal128(38, 12),
    "decimal(18,12)": pa.decimal128(18, 12),
}
KNOWN_AT = datetime(2026, 8, 1, tzinfo=UTC).replace(tzinfo=None)
LANDED = {"known_at": KNOWN_AT, "pull_id": "pull-1", "page_number": 1}


def write_lake(root: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write every table of the catalogue; `rows` are by `<source>/<table>`."""
    unknown = set(rows) - {table.path for table in TABLES}
    assert not unknown, f"no such tables: {unknown}"
    for table in TABLES:
        _write_part(root, table, "1970-01-01", [])
        for day, part in _parts(table, rows.get(table.path, ())).items():
            _write_part(root, table, day, part)


def _parts(table: Table, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by partition: a day of a window table, `all` of an entity table."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        day = "all" if table.day_column is None else str(row[table.day_column])
        parts.setdefault(day, []).append(row)
    return parts


def _write_part(root: Path, table: Table, day: str, rows: Sequence[Row]) -> None:
    removed = (REMOVED_AT,) if table.kind == "entity" else ()
    columns = (*table.columns, *PROVENANCE, *removed)
    names = {column.name for column in columns}
    for row in rows:
        assert set(row) <= names, f"{table.path} has no {set(row) - names}"
    schema = pa.schema([(column.name, TYPES[column.type]) for column in columns])
    folder = root / table.path / "current" / f"dt={day}"
    folder.mkdir(parents=True)
    landed = [{**LANDED, **row} for row in rows]
    pq.write_table(pa.Table.from_pylist(landed, schema), folder / "part.parquet")
