"""A file as cells: CSV text, or the values of a Parquet file written as text."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.errors import BadInput
from ingestion.sheets.delimited import Sheet, csv_sheet
from ingestion.sources.files.connection import FileSet
from ingestion.sources.files.tables import SOURCE


def sheet(held: FileSet, name: str, path: Path) -> Sheet:
    """The cells of one file of a set."""
    is_parquet = held.format == "parquet" or (
        held.format == "focus" and path.suffix == ".parquet"
    )
    return _parquet_sheet(name, path) if is_parquet else csv_sheet(SOURCE, path, name)


def _parquet_sheet(name: str, path: Path) -> Sheet:
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(
            f"{SOURCE}, {name}",
            f"this is no Parquet file that can be read ({type(error).__name__}).",
            fix="export it again, or correct the set's format.",
        ) from None
    cells = {
        column: [_text(value) for value in table[column].to_pylist()]
        for column in table.column_names
    }
    # Counted like a CSV file's lines, whose first is the header.
    return Sheet(SOURCE, name, list(range(2, table.num_rows + 2)), cells)


def _text(value: Any) -> str | None:
    """A value as a CSV file would hold it; a map or struct is JSON."""
    if value is None:
        return None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        pairs: Any = value
        is_map = isinstance(value, list) and all(isinstance(i, tuple) for i in value)
        return msgspec.json.encode(dict(pairs) if is_map else pairs).decode()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).strip() or None


def tag_values(cells: Iterable[str | None], key: str) -> list[str | None]:
    """The value of one key of tags, which are JSON objects; None where there is none,
    or where the cell is no such object."""
    found: list[str | None] = []
    for cell in cells:
        try:
            tags = msgspec.json.decode(cell or "{}", type=dict[str, Any])
        except msgspec.DecodeError:
            tags = {}
        value = tags.get(key)
        found.append(None if value in (None, "") else str(value))
    return found
