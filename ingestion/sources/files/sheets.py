"""A file of a set as cells, and the tags in them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from ingestion.sheets.delimited import Sheet, csv_sheet
from ingestion.sheets.parquet import parquet_sheet
from ingestion.sources.files.connection import FileSet
from ingestion.sources.files.tables import SOURCE


def sheet(held: FileSet, name: str, path: Path) -> Sheet:
    """The cells of one file of a set."""
    is_parquet = held.format == "parquet" or (
        held.format == "focus" and path.suffix == ".parquet"
    )
    read = parquet_sheet if is_parquet else csv_sheet
    return read(SOURCE, path, name)


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
