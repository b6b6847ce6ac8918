"""One audience's DuckDB file and the Parquet files beside it."""

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from publication.contract import DICTIONARY, Column, Mart
from publication.pseudonym import create_function
from publication.sql import literal, quoted
from publication.warehouse import source

# Common BI clients still carry DuckDB 1.5, which cannot open the default of 2.0.
STORAGE_VERSION = "v1.2.0"
RELEASE_ID = Column("release_id", "VARCHAR", "The release this row belongs to.", False)
DICTIONARY_COLUMNS = (
    Column("mart", "VARCHAR", "Mart of this file.", True),
    Column("mart_description", "VARCHAR", "What one row of the mart is.", True),
    Column("column_name", "VARCHAR", "Column of the mart.", True),
    Column("column_position", "BIGINT", "Its place in the mart, from 1.", True),
    Column("data_type", "VARCHAR", "Its SQL type.", True),
    Column("column_description", "VARCHAR", "Meaning, unit and meaning of null.", True),
    Column("is_grain", "BOOLEAN", "Whether it is part of the mart's grain.", True),
    RELEASE_ID,
)


def write(
    connection: DuckDBPyConnection,
    folder: Path,
    audience: str,
    marts: Sequence[Mart],
    *,
    release_id: str,
    pseudonym_key: bytes | None,
) -> dict[str, int]:
    """Write the audience's files from the attached `warehouse`; rows per mart."""
    # Clients name the catalog after the file's stem, so no schema may share it.
    if audience in ("main", "information_schema", "pg_catalog"):
        raise ValueError(f"an audience cannot be called {audience}")
    attach(connection, folder / f"{audience}.duckdb", audience)
    if pseudonym_key is not None:
        create_function(connection, pseudonym_key, audience)
    connection.execute("begin")
    for mart in marts:
        columns = ", ".join(
            _published(column, audience, pseudonym_key) for column in mart.columns
        )
        connection.execute(
            f"create table {audience}.main.{quoted(mart.name)} as from {source(mart)} "
            f"select {columns}, {literal(release_id)} as release_id "
            f"order by {', '.join(_grain_positions(mart))}"
        )
        _comment(connection, audience, mart, (*mart.columns, RELEASE_ID))
    _write_dictionary(connection, audience, marts, release_id)
    connection.execute("commit")
    (folder / audience).mkdir()
    names = [*(mart.name for mart in marts), DICTIONARY]
    rows = {name: write_parquet(connection, folder, audience, name) for name in names}
    connection.execute(f"detach {audience}")
    return rows


def attach(connection: DuckDBPyConnection, file: Path, audience: str) -> None:
    """Attach the audience's file for writing, in the version that clients open."""
    connection.execute(
        f"attach {literal(file)} as {audience} (storage_version '{STORAGE_VERSION}')"
    )


def write_parquet(
    connection: DuckDBPyConnection, folder: Path, audience: str, mart: str
) -> int:
    """Write `<audience>/<mart>.parquet` from the attached audience; its rows."""
    relation = f"{audience}.main.{quoted(mart)}"
    target = literal(folder / audience / f"{mart}.parquet")
    copied = connection.execute(
        f"copy {relation} to {target} (format parquet, compression zstd)"
    ).fetchone()
    return 0 if copied is None else copied[0]


def _published(column: Column, audience: str, pseudonym_key: bytes | None) -> str:
    name = quoted(column.name)
    if column.is_person and pseudonym_key is not None:
        name = f"person_key_{audience}({name})"
    return f"{name} as {quoted(column.published_name)}"


def _grain_positions(mart: Mart) -> list[str]:
    """The grain by position, so that rows are sorted as they are published."""
    names = [column.name for column in mart.columns]
    return [str(1 + names.index(name)) for name in mart.grain]


def _comment(
    connection: DuckDBPyConnection,
    audience: str,
    mart: Mart,
    columns: Sequence[Column],
) -> None:
    relation = f"{audience}.main.{quoted(mart.name)}"
    description = f"{mart.description} Grain: {', '.join(mart.published_grain)}."
    connection.execute(f"comment on table {relation} is {literal(description)}")
    for column in columns:
        connection.execute(
            f"comment on column {relation}.{quoted(column.published_name)} "
            f"is {literal(column.description)}"
        )


def _write_dictionary(
    connection: DuckDBPyConnection,
    audience: str,
    marts: Sequence[Mart],
    release_id: str,
) -> None:
    own = Mart(
        name=DICTIONARY,
        audience=audience,
        schema="main",
        table=DICTIONARY,
        description="One row per column of each mart in this file.",
        columns=DICTIONARY_COLUMNS[:-1],
        grain=("mart", "column_name"),
    )
    types = ", ".join(f"{column.name} {column.type}" for column in DICTIONARY_COLUMNS)
    connection.execute(f"create table {audience}.main.{DICTIONARY} ({types})")
    rows = [row for mart in (*marts, own) for row in _described(mart, release_id)]
    insert(connection, f"{audience}.main.{DICTIONARY}", rows)
    _comment(connection, audience, own, DICTIONARY_COLUMNS)


def _described(mart: Mart, release_id: str) -> list[tuple[object, ...]]:
    return [
        (
            mart.name,
            mart.description,
            column.published_name,
            position,
            column.type,
            column.description,
            column.name in mart.grain,
            release_id,
        )
        for position, column in enumerate((*mart.columns, RELEASE_ID), start=1)
    ]


def insert(
    connection: DuckDBPyConnection, relation: str, rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows whose values are in the order of the relation's columns."""
    places = ", ".join("?" * len(rows[0]))
    connection.executemany(
        f"insert into {relation} values ({places})",  # noqa: S608 - names are ours
        rows,
    )
