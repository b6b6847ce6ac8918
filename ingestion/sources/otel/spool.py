"""Files that receipts are appended to: one a day and process, one line a request."""

import os
import threading
import uuid
from datetime import date
from pathlib import Path

from ingestion.clock import Clock, today


class Spool:
    """Appends below `<folder>/<day of receipt>/`.

    A line is written whole or taken back, and a reader passes over a last line that is
    unfinished, so no request is ever half counted. What was answered is with the
    operating system; a power cut may lose its last seconds.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        self._name = f"{uuid.uuid4()}.jsonl"
        self._lock = threading.Lock()
        self._day: date | None = None
        self._file = -1

    def append(self, line: bytes) -> None:
        """Add a line; raises OSError, with nothing of it kept, if the disk refuses."""
        data = line + b"\n"
        with self._lock:
            file = self._opened(today(self._clock))
            size = os.fstat(file).st_size
            try:
                rest = data
                while rest:
                    rest = rest[os.write(file, rest) :]
            except OSError:
                os.ftruncate(file, size)
                raise

    def close(self) -> None:
        """Let go of the file; the next line opens it again."""
        with self._lock:
            self._release()

    def _opened(self, day: date) -> int:
        """The file of a day."""
        if day != self._day:
            self._release()
            folder = self._folder / day.isoformat()
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            self._file = os.open(folder / self._name, flags, 0o640)
            self._day = day
        return self._file

    def _release(self) -> None:
        if self._day is not None:
            os.close(self._file)
            self._day = None
