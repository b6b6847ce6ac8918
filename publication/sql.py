"""Quoting, and connections that never reach for the network."""

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection


def quoted(identifier: str) -> str:
    """The identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """The text as an SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def scratch() -> DuckDBPyConnection:
    """A connection to an empty in-memory database."""
    return duckdb.connect(config={"autoinstall_known_extensions": "false"})
