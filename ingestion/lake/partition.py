"""Parquet files of the lake: written with what identifies them, read as one table."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from ingestion.lake.content import content_hash, schema
from ingestion.lake.storage import Storage
from ingestion.table import Table

INITIAL = date(1970, 1, 1)  # the partition that only tells engines the columns
SUPERSEDED_AT = pa.field("superseded_at", pa.timestamp("us"))


@dataclass(frozen=True)
class Partition:
    """What the footer of a file in force says of its rows."""

    content_hash: str
    row_count: int


def day_path(table: Table, day: date | None) -> str:
    """The file in force of a day, or of a whole entity table."""
    return f"{table.path}/current/dt={'all' if day is None else day}/part.parquet"


def parquet(rows: pa.Table, facts: dict[str, str] | None = None) -> bytes:
    """The rows as a Parquet file, zstd, with statistics, and facts in its footer."""
    rows = rows.replace_schema_metadata(facts)
    data = io.BytesIO()
    pq.write_table(rows, data, compression="zstd", write_statistics=True)
    return data.getvalue()


def partition_file(table: Table, ordered: pa.Table, hash_: str) -> bytes:
    """The file of rows in force."""
    return parquet(ordered, {"content_hash": hash_, "table": table.path})


def partition(storage: Storage, table: Table, day: date | None) -> Partition:
    """What is in force for a day; that of no rows when there is no file."""
    path = day_path(table, day)
    if not storage.exists(path):
        return empty_partition(table)
    footer = pq.read_metadata(path, filesystem=storage.arrow)
    return Partition(file_hash(footer), footer.num_rows)


@cache
def empty_partition(table: Table) -> Partition:
    """What is in force where nothing landed."""
    return Partition(content_hash(table, schema(table).empty_table()), 0)


def file_hash(footer: pq.FileMetaData) -> str:
    """The content hash in a footer; empty when the file has none."""
    return (footer.metadata or {}).get(b"content_hash", b"").decode()


def rows_of(storage: Storage, paths: Sequence[str], schema_: pa.Schema) -> pa.Table:
    """All rows of these files; a column that an older file lacks is null."""
    if not paths:
        return schema_.empty_table()
    files = ds.dataset(
        list(paths), schema=schema_, format="parquet", filesystem=storage.arrow
    )
    return files.to_table()
