"""The files of the invocation logs, on a disk or in a bucket.

days → names of the files that may hold them → lines of a file
"""

import gzip
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import fsspec

from ingestion.errors import Misconfigured, MissingPermission, Unavailable
from ingestion.window import ONE_DAY, Window

SOURCE: Final = "bedrock"
# Bedrock files a call under the hour it was delivered in, now and then the next day.
LATE: Final = ONE_DAY
_BELOW: Final = "AWSLogs/*/BedrockModelInvocationLogs/*"


class Logs:
    """The folder that holds `AWSLogs/`."""

    def __init__(self, root: str) -> None:
        self._root = root.rstrip("/")

    def __repr__(self) -> str:
        return f"Logs({self._root!r})"

    @property
    def name(self) -> str:
        """The last part of the folder's name: a bucket or prefix."""
        return self._root.rsplit("/", 1)[-1]

    def of_days(self, window: Window) -> list[str]:
        """Files that may hold calls of these days, in order; raises Misconfigured if
        there is no such folder. Bodies too long for the log lie deeper and are not
        listed."""
        with self._reading(self.name):
            if not self._fs.exists(self._path):
                raise FileNotFoundError
            days = Window(window.first, window.last + LATE).days()
            return sorted(path for day in days for path in self._of(day))

    def oldest_day(self) -> date | None:
        """The oldest day that has a folder; None if there is none."""
        with self._reading(self.name):
            found = self._fs.glob(f"{self._path}/{_BELOW}/????/??/??")
            days = ("-".join(str(path).split("/")[-3:]) for path in found)
            return date.fromisoformat(min(days)) if found else None

    def newest_day(self, last: date, days: int) -> date | None:
        """The newest day with a file, of the `days` up to `last`; None if none."""
        with self._reading(self.name):
            found = (last - timedelta(days=back) for back in range(days))
            return next((day for day in found if self._of(day)), None)

    def accounts(self) -> list[str]:
        """The AWS accounts that have logs here."""
        with self._reading(self.name):
            found = self._fs.glob(f"{self._path}/AWSLogs/*/BedrockModelInvocationLogs")
            return sorted(str(path).split("/")[-2] for path in found)

    def lines(self, path: str) -> list[bytes]:
        """The calls of a file, one JSON text each; raises Unavailable if it is cut."""
        name = path.rsplit("/", 1)[-1]
        with self._reading(name):
            data: bytes = self._fs.cat_file(path)
            try:
                return [line for line in gzip.decompress(data).split(b"\n") if line]
            except (EOFError, zlib.error, gzip.BadGzipFile):
                raise Unavailable(
                    SOURCE,
                    f"the file {name} is no whole gzip file.",
                    fix="run again when it has been delivered or copied whole.",
                ) from None

    def _of(self, day: date) -> list[str]:
        return self._fs.glob(f"{self._path}/{_BELOW}/{day:%Y/%m/%d}/*/*.json.gz")

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        try:
            return fsspec.url_to_fs(self._root)
        except (ImportError, ValueError) as error:
            raise Misconfigured(
                SOURCE,
                f"this kind of address cannot be read: {error}",
                field="folder",
                fix="install the package of that storage, such as s3fs for s3://, or "
                "name a local folder.",
            ) from None

    @property
    def _fs(self) -> Any:
        return self._opened[0]

    @property
    def _path(self) -> str:
        return self._opened[1].rstrip("/")

    @contextmanager
    def _reading(self, what: str) -> Generator[None]:
        """Failures of the storage as errors with a fix."""
        try:
            yield
        except FileNotFoundError:
            raise Misconfigured(
                SOURCE,
                f"there is no {what!r}.",
                field="folder",
                fix="name the folder or bucket, with its prefix, that holds AWSLogs/.",
            ) from None
        except PermissionError:
            raise MissingPermission(
                SOURCE,
                f"{what!r} may not be read.",
                fix="give the account that runs this read and list access to it.",
            ) from None
        except OSError as error:
            raise Unavailable(
                SOURCE,
                f"{what!r} could not be read ({type(error).__name__}).",
                fix="run again; what landed before is kept.",
            ) from None
