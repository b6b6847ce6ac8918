"""The warehouse as publishing sees it: read-only, and held to the marts' contracts."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from publication.contract import Mart
from publication.errors import ContractBroken, WritingFailed
from publication.sql import literal, quoted, scratch


@contextmanager
def attached_warehouse(file: Path) -> Generator[DuckDBPyConnection]:
    """A connection with the warehouse attached read-only as `warehouse`."""
    if not file.is_file():
        raise WritingFailed(
            file.name, "there is no warehouse.", fix="build it with dbt first."
        )
    with scratch() as connection:
        try:
            connection.execute(f"attach {literal(file)} as warehouse (read_only)")
        except duckdb.Error as error:
            raise WritingFailed(
                file.name,
                f"the warehouse cannot be opened ({error}).",
                fix="let the run that writes it end, then publish again.",
            ) from error
        yield connection


def source(mart: Mart) -> str:
    """Where the mart lies, as SQL over the attached warehouse."""
    return f"warehouse.{quoted(mart.schema)}.{quoted(mart.table)}"


def check_contract(connection: DuckDBPyConnection, mart: Mart) -> None:
    """Raise ContractBroken unless every column is there with the type it promises."""
    built = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() where "
            "database_name = 'warehouse' and schema_name = ? and table_name = ?",
            [mart.schema, mart.table],
        ).fetchall()
    )
    for column in mart.columns:
        if built.get(column.name) != column.type:
            found = built.get(column.name, "missing")
            raise ContractBroken(
                f"{mart.name}.{column.name}",
                f"the contract says {column.type}, the warehouse has it {found}.",
                fix="build the marts with dbt from this manifest, then publish.",
            )
