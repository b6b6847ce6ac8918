"""One published release as the pages read it: read-only, only the audiences named."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from dashboards.errors import ReleaseUnreadable

Row = dict[str, Any]
# Of which size groups of people may be told apart; SQL reads it as a variable.
SMALLEST_GROUP = 8


@dataclass(frozen=True)
class Release:
    """A release folder, pinned: a later swap of `current` does not change it."""

    folder: Path
    release_id: str
    made_at: datetime

    @contextmanager
    def reading(self, audiences: Sequence[str]) -> Generator["Reading", None, None]:
        """Queries over the named audiences' files, and over nothing else."""
        connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
        try:
            for audience in audiences:
                path = self.folder / f"{audience}.duckdb"
                if not path.is_file():
                    raise ReleaseUnreadable(
                        self.release_id,
                        f"it has no file {path.name}.",
                        fix="publish the release again.",
                    )
                connection.execute(
                    f"attach '{str(path).replace(chr(39), chr(39) * 2)}' "
                    f"as {audience} (read_only)"
                )
            connection.execute(f"set variable smallest_group = {SMALLEST_GROUP}")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            yield Reading(connection, self.release_id)
        finally:
            connection.close()


@dataclass(frozen=True)
class Reading:
    """An open look at one release."""

    connection: duckdb.DuckDBPyConnection
    release_id: str

    def rows(self, name: str, sql: str) -> list[Row]:
        """The rows of one query by column name; decimals and dates stay exact."""
        try:
            result = self.connection.execute(sql)
            columns = [column[0] for column in result.description or ()]
            fetched = result.fetchall()
        except duckdb.Error as error:
            raise ReleaseUnreadable(
                self.release_id,
                f"the query {name!r} of a board does not run on it ({error}).",
                fix="align the board's SQL with the marts of the release.",
            ) from error
        return [dict(zip(columns, row, strict=True)) for row in fetched]


def pinned(folder: Path) -> Release:
    """The release in `folder` (a link such as `current` is followed once)."""
    resolved = folder.resolve()
    try:
        manifest = json.loads((resolved / "manifest.json").read_text())
        return Release(
            resolved,
            manifest["release_id"],
            datetime.fromisoformat(manifest["created_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseUnreadable(
            folder.name,
            f"its manifest cannot be read ({error}).",
            fix="give the folder of a published release.",
        ) from error
