"""The content hash of a mart: equal for equal rows, whatever their order or threads."""

import hashlib
from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyConnection

from publication.contract import Column
from publication.sql import quoted

ROWS_AT_A_TIME = 50_000


def content_hash(
    connection: DuckDBPyConnection, relation: str, columns: Sequence[Column]
) -> str:
    """SHA-256 over names, types and sorted rows of the columns that are content."""
    content = [column for column in columns if column.is_content]
    digest = hashlib.sha256()
    for column in content:
        digest.update(f"{column.name} {column.type}\n".encode())
    row = " || ".join(_text(column) for column in content)
    rows = connection.execute(
        f"from {relation} select sha256({row}) as row_hash order by row_hash"
    )
    while batch := rows.fetchmany(ROWS_AT_A_TIME):
        for (row_hash,) in batch:
            digest.update(row_hash.encode())
    return digest.hexdigest()


def combined(hashes: Mapping[str, str]) -> str:
    """SHA-256 over names and their hashes in the order of the names."""
    lines = sorted(f"{name}\t{value}\n" for name, value in hashes.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _text(column: Column) -> str:
    """One value as its length and text; `~` is null, so that it is not empty text."""
    name = quoted(column.name)
    # Adding zero turns the negative zero of floating point into the one zero.
    value = f"{name} + 0.0" if column.type == "DOUBLE" else name
    text = f"cast({value} as varchar)"
    return f"coalesce(cast(strlen({text}) as varchar) || ':' || {text}, '~')"
