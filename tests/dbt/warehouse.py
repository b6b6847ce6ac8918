"""dbt on a lake of one's own: parse, compile and build in a folder, then read it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

REPOSITORY = Path(__file__).parents[2]
PROJECT = REPOSITORY / "dbt"


@dataclass(frozen=True)
class World:
    """A folder with a lake, and what dbt makes of it."""

    folder: Path

    @property
    def lake(self) -> Path:
        """Where the lake lies."""
        return self.folder / "lake"

    @property
    def warehouse(self) -> Path:
        """The file that DuckDB builds."""
        return self.folder / "warehouse.duckdb"

    @property
    def spark(self) -> Path:
        """The folder that Spark builds in."""
        return self.folder / "spark"

    @property
    def target(self) -> Path:
        """Where dbt writes its manifest and compiled SQL."""
        return self.folder / "target"

    def dbt(
        self, *arguments: str, python_path: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What a dbt command printed and its exit code."""
        self.spark.mkdir(parents=True, exist_ok=True)
        given = {
            **os.environ,
            "TOKENWORTH_LAKE": str(self.lake),
            "TOKENWORTH_WAREHOUSE": str(self.warehouse),
            "TOKENWORTH_SPARK": str(self.spark),
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            "DBT_USE_COLORS": "false",
            "DO_NOT_TRACK": "1",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        if python_path is not None:
            given["PYTHONPATH"] = str(python_path)
        where = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        return subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", *arguments, *where],
            cwd=self.folder,
            env=given,
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )

    def built(self, *arguments: str) -> "World":
        """This world after a dbt command that must not fail."""
        done = self.dbt(*arguments)
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
        return self

    def manifest(self) -> dict[str, Any]:
        """dbt's manifest."""
        return json.loads((self.target / "manifest.json").read_text())

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of the warehouse by column name; decimals and dates stay exact."""
        with duckdb.connect(self.warehouse, read_only=True) as connection:
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def models(manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The manifest's models by unique id."""
    return {
        unique_id: node
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }
