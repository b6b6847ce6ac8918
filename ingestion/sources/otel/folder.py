"""The folder of telemetry: `<day of receipt>/<any name>.jsonl`, or any other file.

days of events → files that may hold them → requests of OTLP as JSON
"""

import gzip
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ingestion.clock import Clock, today
from ingestion.errors import BadInput, Misconfigured, MissingPermission, Unavailable
from ingestion.sources.otel.shapes import REQUEST, Request
from ingestion.window import Window

SOURCE: Final = "otel"
# Telemetry is late when a computer was offline. Earlier files tell what a cumulative
# counter stood at before, and which sessions have events beside their metrics.
LATE_DAYS: Final = 7
EARLIER_DAYS: Final = 7
_ENDINGS: Final = (".jsonl", ".json", ".jsonl.gz", ".json.gz")


class Folder:
    """The folder; files that do not lie in one of a day are read for every day."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self._clock = path, clock

    def of_days(self, window: Window) -> list[Path]:
        """Files that may hold events of these days, in order; raises Misconfigured if
        the folder is not there."""
        first = window.first - timedelta(days=EARLIER_DAYS)
        last = window.last + timedelta(days=LATE_DAYS)
        received = ((self.received_on(path), path) for path in self._files())
        return [path for day, path in received if day is None or first <= day <= last]

    def newest_day(self) -> date | None:
        """The newest day of receipt; None if nothing was received."""
        days = (self.received_on(path) for path in self._files())
        return max((day for day in days if day is not None), default=None)

    def gone(self, window: Window) -> Window | None:
        """The window's days before the oldest day of receipt: what was received on them
        was removed, or never came. None where files lie in no folder of a day."""
        days = [self.received_on(path) for path in self._files()]
        known = [day for day in days if day is not None]
        if len(known) < len(days):
            return None
        return window.before(min(known)) if known else window

    def settled(self, window: Window) -> Window | None:
        """Its days of which nothing late is awaited any more."""
        return window.before(today(self._clock) - timedelta(days=LATE_DAYS))

    def received_on(self, path: Path) -> date | None:
        """The day in the name of a file's folder; None if it has none."""
        try:
            return date.fromisoformat(path.parent.name)
        except ValueError:
            return None

    def requests(self, path: Path) -> Iterator[Request]:
        """The requests of a file. An unfinished last line of today is left for later:
        the receiver is writing it. Raises BadInput naming any other that is cut."""
        body = self._body(path)
        lines = body.split(b"\n")
        if path.name.removesuffix(".gz").endswith(".json") and len(lines) > 1:
            try:
                yield REQUEST.read(body)
            except Unavailable:
                pass  # one request a line, as most collectors write them
            else:
                return
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield REQUEST.read(line)
            except Unavailable:
                received = self.received_on(path)
                is_open = received is not None and received >= today(self._clock)
                if is_open and number == len(lines):
                    return
                name = f"{path.parent.name}/{path.name}"
                raise BadInput(
                    SOURCE,
                    f"line {number} of {name} is cut or no JSON.",
                    fix="copy the file again, or remove the line; nothing of the pull "
                    "was kept.",
                ) from None

    def _files(self) -> list[Path]:
        if not self.path.is_dir():
            raise Misconfigured(
                SOURCE,
                f"there is no folder {self.path.name!r}.",
                field="folder",
                fix="name the folder that `tokenworth receive` writes, or start it: "
                "it makes the folder.",
            )
        found = (path for path in self.path.rglob("*") if path.is_file())
        return sorted(path for path in found if path.name.endswith(_ENDINGS))

    def _body(self, path: Path) -> bytes:
        try:
            body = path.read_bytes()
            return gzip.decompress(body) if path.suffix == ".gz" else body
        except PermissionError:
            raise MissingPermission(
                SOURCE,
                f"the file {path.name!r} may not be read.",
                fix="give the account that runs this read access to the folder.",
            ) from None
        except (OSError, EOFError, zlib.error):
            raise Unavailable(
                SOURCE,
                f"the file {path.name!r} could not be read whole.",
                fix="run again when it has been copied whole.",
            ) from None
