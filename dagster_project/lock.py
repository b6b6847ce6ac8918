"""Locks for what only one process may do, also when it bypasses Dagster's queue."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ingestion.errors import Unavailable


@contextmanager
def sole_holder(subject: str, place: Path) -> Generator[None]:
    """Hold the lock file `place`; raises Unavailable while another process has it.

    The system lets go of it when the process ends, however it ends.
    """
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                subject,
                "another run has it.",
                fix="wait for that run to end; "
                "`tokenworth status` shows the last release.",
            ) from None
        yield


@contextmanager
def sole_writer(warehouse: Path) -> Generator[None]:
    """Hold the warehouse; raises Unavailable when another run builds it."""
    with sole_holder("warehouse", warehouse.with_suffix(".lock")):
        yield
