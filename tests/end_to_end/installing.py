"""An installation of Tokenworth in a folder, driven by its command line."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installation:
    """A home folder, driven as a person drives it: by the command line."""

    home: Path
    environment: dict[str, str]

    def tokenworth(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "dagster_project.cli", *arguments],
            env=self.environment,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=False,
        )

    def status(self) -> dict[str, Any]:
        """What `status --json` says."""
        return json.loads(self.tokenworth("status", "--json").stdout)

    def select(self, audience: str, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query over one audience's published file."""
        file = self.home / "published" / "current" / f"{audience}.duckdb"
        with duckdb.connect(file, read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def warehouse(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query over the warehouse, between runs."""
        file = self.home / "warehouse.duckdb"
        with duckdb.connect(file, read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    def warehouse_table(self, sql: str) -> pa.Table:
        """The same, as columns."""
        file = self.home / "warehouse.duckdb"
        with duckdb.connect(file, read_only=True) as connection:
            return connection.execute(sql).to_arrow_table()


def installation(home: Path, **environment: str) -> Installation:
    """An installation at `home` with nothing but these variables set."""
    base = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG")
        if name in os.environ
    }
    own = {"TOKENWORTH_HOME": str(home), "PYTHONPATH": str(PROJECT)}
    return Installation(home, base | own | environment)
