"""Locks of the lake: many readers or one writer, across processes and threads."""

import fcntl
import os
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path


@contextmanager
def file_lock(path: Path, *, shared: bool, wait: bool) -> Generator[None]:
    """Hold `flock` on a file; the system frees it when the process dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


class LakeLock:
    """The lock of the whole lake: shared for a build, exclusive for an instant.

    A thread that holds it may ask again for as much or less; asking for more would
    wait for itself, and raises RuntimeError.
    """

    def __init__(self, lock: Callable[[bool], AbstractContextManager[None]]) -> None:
        self._lock = lock
        self._held = threading.local()

    @property
    def is_held(self) -> bool:
        """Whether this thread holds it in any way."""
        return getattr(self._held, "by", None) is not None

    @contextmanager
    def hold(self, *, shared: bool) -> Generator[None]:
        """Hold the lock, after waiting for holders that exclude it."""
        held: str | None = getattr(self._held, "by", None)
        if held == "shared" and not shared:
            raise RuntimeError(
                "a thread that reads the lake cannot change it meanwhile"
            )
        if held is not None:
            yield
            return
        with self._lock(shared):
            self._held.by = "shared" if shared else "exclusive"
            try:
                yield
            finally:
                self._held.by = None
