"""What a lake table is: its name, grain, columns and how a pull changes it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["window", "entity"]


@dataclass(frozen=True)
class Column:
    """One column: `type` is SQL that DuckDB and Spark both know."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Table:
    """A lake table.

    A *window* table holds a vendor's report for UTC days in `day_column`; a pull
    replaces whole days. An *entity* table holds the newest version per `key`; with
    `is_census` a pull lists everything, and rows it no longer lists get `removed_at`.
    `optional` names the columns of the key that may be null. `closed_by` is another
    table of the source and a column of it with the starts of billing cycles: days of a
    cycle may be revised until it has closed.
    """

    source: str
    name: str
    description: str
    kind: Kind
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    day_column: str | None = None
    revision_days: int = 0
    is_census: bool = False
    optional: tuple[str, ...] = ()
    closed_by: "tuple[Table, str] | None" = None

    @property
    def path(self) -> str:
        """`<source>/<name>`: the lake folder and the middle of the asset key."""
        return f"{self.source}/{self.name}"


# The lake adds these to every table. They say where a row came from and are no part
# of its content, so they are left out of content hashes.
PROVENANCE = (
    Column("known_at", "timestamp", "When this version of the row landed, UTC."),
    Column("pull_id", "string", "The pull that brought it; names its stored pages."),
    Column("page_number", "bigint", "Page of that pull that held the row, from 1."),
)
# Entity tables only: part of the content, since a vanished row is news.
REMOVED_AT = Column(
    "removed_at", "timestamp", "When the source stopped listing the row; null: listed."
)


def columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    """The columns of a table from (name, type, description) rows."""
    return tuple(Column(*row) for row in rows)
