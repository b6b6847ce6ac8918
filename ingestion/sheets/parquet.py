"""A Parquet file as cells: its values as text, as a CSV file would hold them."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.errors import BadInput
from ingestion.sheets.delimited import Sheet


def parquet_sheet(
    source: str, path: Path, name: str, wanted: Collection[str] | None = None
) -> Sheet:
    """The cells of a Parquet file, of the `wanted` columns alone if they are named;
    raises BadInput if it is none."""
    try:
        header = pq.read_schema(path).names
        kept = [column for column in header if wanted is None or column in wanted]
        table = pq.read_table(path, columns=kept)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(
            f"{source}, {name}",
            f"this is no Parquet file that can be read ({type(error).__name__}).",
            fix="export it again, or correct its format in the configuration.",
        ) from None
    cells = {
        column: [_text(value) for value in table[column].to_pylist()] for column in kept
    }
    # Counted like a CSV file's lines, whose first is the header.
    lines = list(range(2, table.num_rows + 2))
    return Sheet(source, name, lines, cells, header)


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
