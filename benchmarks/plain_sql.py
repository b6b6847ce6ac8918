"""Run the compiled models and data tests in one DuckDB connection."""

import sys
from pathlib import Path

import duckdb

from benchmarks.models import statements


def main(folder: str) -> None:
    """Build a warehouse beside dbt's, from what dbt compiled into `folder`/target."""
    file = Path(folder) / "plain" / "warehouse.duckdb"
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    with duckdb.connect(file, config={"threads": 4}) as connection:
        connection.execute("set timezone = 'UTC'")
        for statement in statements(Path(folder) / "target"):
            connection.execute(statement).fetchall()


if __name__ == "__main__":
    main(sys.argv[1])
