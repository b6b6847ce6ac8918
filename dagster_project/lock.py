"""One writer of the warehouse, also for runs that bypass Dagster's queue."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import Unavailable


@contextmanager
def sole_writer(warehouse: Path) -> Generator[None]:
    """Hold the warehouse's lock file; raises Unavailable when another run has it."""
    place = warehouse.with_suffix(".lock")
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                "warehouse",
                "another run is building it.",
                fix="wait for that run to end; "
                "`tokenworth status` shows the last release.",
            ) from None
        yield
