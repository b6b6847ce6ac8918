"""Where the lake's files lie: one class for a local folder, one for object storage.

Paths are relative to the lake's root, with `/` between. Everything that changes a file
goes through here, so a failure has one place and one wording.
"""

import errno
import os
import shutil
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.fs as arrow_fs

from ingestion.errors import StorageFailed
from ingestion.lake.lock import file_lock

_FIXES = {
    errno.ENOSPC: "free space on that disk, then run again.",
    errno.EDQUOT: "free space within the quota, then run again.",
    errno.EFBIG: "raise the limit on file sizes, then run again.",
    errno.EACCES: "give the account that runs this write access, then run again.",
    errno.EROFS: "mount that disk writable, then run again.",
}


class Storage:
    """Object storage (s3, gs, abfs, memory) through fsspec.

    A put is atomic there. There are no locks: one writer per table is up to the run
    queue's pools, and a build should not overlap a pull.
    """

    has_locks = False

    def __init__(self, root: str) -> None:
        fs, self.root = fsspec.url_to_fs(root)
        self._fs: Any = fs
        base = arrow_fs.PyFileSystem(arrow_fs.FSSpecHandler(fs))
        self.arrow: arrow_fs.FileSystem = arrow_fs.SubTreeFileSystem(self.root, base)

    def write(self, path: str, data: bytes) -> None:
        """Create or replace a file."""
        with self._storing(path):
            self._fs.pipe_file(self._full(path), data)

    def move(self, source: str, target: str) -> None:
        """Replace `target` by `source` in one step."""
        with self._storing(target):
            self._fs.mv(self._full(source), self._full(target))

    def prepare(self, path: str) -> None:
        """Make room for a file, so that moving it needs no more of the disk."""

    def sync(self, paths: list[str]) -> None:
        """Have the bytes of these files on the disk when this returns."""

    def remove(self, path: str) -> None:
        """Remove a file or a whole folder; nothing happens when it is absent."""
        with self._storing(path), suppress(FileNotFoundError):
            self._fs.rm(self._full(path), recursive=True)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        data: bytes = self._fs.cat_file(self._full(path))
        return data

    def exists(self, path: str) -> bool:
        """Whether the file or folder is there."""
        self._fs.invalidate_cache()
        return bool(self._fs.exists(self._full(path)))

    def files(self, folder: str) -> list[str]:
        """Every file below a folder, sorted; empty when the folder is absent."""
        self._fs.invalidate_cache()
        found: list[str] = self._fs.find(self._full(folder))
        start = len(self.root.rstrip("/")) + 1
        return sorted(name[start:] for name in found)

    def folders(self, folder: str) -> list[str]:
        """Names of the folders directly below a folder, sorted."""
        depth = folder.count("/") + 1 if folder else 0
        names = (path.split("/") for path in self.files(folder))
        return sorted({parts[depth] for parts in names if len(parts) > depth + 1})

    @contextmanager
    def lock(
        self, name: str, *, shared: bool = False, wait: bool = True
    ) -> Generator[None]:
        """Nothing: object storage has no locks."""
        yield

    def _full(self, path: str) -> str:
        return f"{self.root}/{path}" if path else self.root

    @contextmanager
    def _storing(self, path: str) -> Generator[None]:
        try:
            yield
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else type(error).__name__
            raise StorageFailed(
                "lake",
                f"{self._full(path)} cannot be written ({why}); "
                "what landed before is unchanged.",
                fix=_FIXES.get(error.errno or 0, "check the storage, then run again."),
            ) from error


class LocalStorage(Storage):
    """A folder of a disk with atomic renames and file locks (Linux, macOS)."""

    has_locks = True

    def __init__(self, root: str) -> None:
        super().__init__(os.path.abspath(root))
        base = arrow_fs.LocalFileSystem()
        self.arrow = arrow_fs.SubTreeFileSystem(self.root, base)

    def write(self, path: str, data: bytes) -> None:
        """Create or replace a file; the bytes may still be in the machine's memory."""
        full = Path(self._full(path))
        with self._storing(path):
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)

    def move(self, source: str, target: str) -> None:
        """Replace `target` by `source` in one step."""
        with self._storing(target):
            os.replace(self._full(source), self._full(target))

    def prepare(self, path: str) -> None:
        """Make the folder of a file."""
        with self._storing(path):
            Path(self._full(path)).parent.mkdir(parents=True, exist_ok=True)

    def sync(self, paths: list[str]) -> None:
        """Flush the files to the disk, several at once: they share its waits."""
        if len(paths) < 4:
            for path in paths:
                self._sync(path)
            return
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(self._sync, paths))

    def _sync(self, path: str) -> None:
        with self._storing(path):
            descriptor = os.open(self._full(path), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def remove(self, path: str) -> None:
        """Remove a file or a whole folder; nothing happens when it is absent."""
        full = self._full(path)
        with self._storing(path), suppress(FileNotFoundError):
            if os.path.isdir(full):
                shutil.rmtree(full)
            else:
                os.remove(full)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return Path(self._full(path)).read_bytes()

    def exists(self, path: str) -> bool:
        """Whether the file or folder is there."""
        return os.path.exists(self._full(path))

    def files(self, folder: str) -> list[str]:
        """Every file below a folder, sorted; empty when the folder is absent."""
        top = self._full(folder)
        start = len(self.root) + 1
        return sorted(
            os.path.join(at, name)[start:]
            for at, _, names in os.walk(top)
            for name in names
        )

    def folders(self, folder: str) -> list[str]:
        """Names of the folders directly below a folder, sorted."""
        try:
            with os.scandir(self._full(folder)) as entries:
                return sorted(entry.name for entry in entries if entry.is_dir())
        except FileNotFoundError:
            return []

    @contextmanager
    def lock(
        self, name: str, *, shared: bool = False, wait: bool = True
    ) -> Generator[None]:
        """Hold a lock that other processes see, and that a killed holder loses.

        Without `wait` a lock that is held raises BlockingIOError.
        """
        path = f".locks/{name}"
        self.prepare(path)
        with file_lock(Path(self._full(path)), shared=shared, wait=wait):
            yield


def storage_at(root: str | Path) -> Storage:
    """The storage of a path or fsspec URL."""
    where = str(root)
    if "://" in where and not where.startswith("file://"):
        return Storage(where)
    return LocalStorage(where.removeprefix("file://"))
