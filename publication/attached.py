"""Queries over all files of one candidate or release, read-only."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from publication.sql import literal, scratch

if TYPE_CHECKING:
    import pandas as pd

Query = Callable[[str], "pd.DataFrame"]


@contextmanager
def attached(folder: Path, audiences: Sequence[str]) -> Generator[Query]:
    """SQL → frame, with each file attached: `select … from review.mart_x`.

    Decimals arrive as floats, so exact comparisons belong into the SQL.
    """
    with scratch() as connection:
        for audience in audiences:
            file = literal(folder / f"{audience}.duckdb")
            connection.execute(f"attach {file} as {audience} (read_only)")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield lambda sql: connection.execute(sql).df()
