"""Who wrote each line: for every path, line by line, the number of a commit.

edits of commits, oldest first → arrays of commit numbers → what each edit removed

A line's writer is found by its place, so each deleted line is known exactly and no
`git blame` is asked. Kept between runs as one file per tip.
"""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyarrow ships no types.

import os
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.sources.git.hunks import FileEdit

UNKNOWN = -1  # the writer of a line that a binary or unreadable file left behind
_FORMAT = b"1"  # of the kept file; another one is not read


class Touched(NamedTuple):
    """What one commit did to one file; `removed` has the writer of each line."""

    path: bytes
    added: int
    removed: "array[int]"


class Lines:
    """The lines of every file at one commit."""

    def __init__(self, known: dict[bytes, "array[int]"] | None = None) -> None:
        self._writers = known or {}

    def of(self, path: bytes) -> "array[int]":
        """The writers of one file's lines."""
        return self._writers.get(path, array("i"))

    def forget(self, paths: Iterable[bytes]) -> None:
        """Drops files of which nothing more is read."""
        for path in paths:
            self._writers.pop(path, None)

    def applied(self, commit: int, edits: Iterable[FileEdit]) -> list[Touched]:
        """What the edits of `commit` do to each file, once they are done."""
        # All files are taken before one is put back: paths may change hands.
        taken = [
            (edit, self._writers.pop(edit.old_path, array("i")))
            for edit in edits
            if edit.old_path is not None
        ] + [(edit, array("i")) for edit in edits if edit.old_path is None]
        found: list[Touched] = []
        for edit, before in taken:
            after, removed, added = _edited(before, edit, commit)
            if edit.new_path is not None:
                self._writers[edit.new_path] = after
            path = edit.new_path or edit.old_path
            if path is not None and (added or removed):
                found.append(Touched(path, added, removed))
        return found

    def keep(self, folder: Path, tip: str) -> None:
        """Writes these lines as those of `tip`, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        counts = [len(writers) for writers in self._writers.values()]
        offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        table = pa.table(
            {
                "path": pa.array(list(self._writers), pa.binary()),
                "writers": pa.LargeListArray.from_arrays(
                    pa.array(offsets), pa.array(self._joined())
                ),
            }
        ).replace_schema_metadata({"format": _FORMAT, "tip": tip})
        partial = folder / f"{tip}.partial"
        with partial.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, _file(folder, tip))

    def _joined(self) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
        joined = b"".join(writers.tobytes() for writers in self._writers.values())
        return np.frombuffer(joined, np.int32)


def kept(folder: Path, tip: str | None) -> Lines | None:
    """The lines of `tip` as they were kept; None if they are lost or damaged.

    Those of any other tip are removed: the lake, which names `tip`, is not there.
    """
    wanted = None if tip is None else _file(folder, tip)
    for file in folder.glob("*"):
        if file != wanted:
            file.unlink()
    if wanted is None or not wanted.exists():
        return None
    try:
        table = pq.read_table(wanted, memory_map=False)
    except (pa.ArrowException, OSError):
        return None
    said = table.schema.metadata or {}
    if said.get(b"format") != _FORMAT or said.get(b"tip") != (tip or "").encode():
        return None
    return Lines(dict(_writers(table)))


def _writers(table: pa.Table) -> Iterator[tuple[bytes, "array[int]"]]:
    column = table["writers"].combine_chunks()
    offsets = column.offsets.to_pylist()
    raw = memoryview(column.values.to_numpy()).cast("B")
    for place, path in enumerate(table["path"].to_pylist()):
        writers = array("i")
        writers.frombytes(raw[4 * offsets[place] : 4 * offsets[place + 1]])
        yield path, writers


def _file(folder: Path, tip: str) -> Path:
    return folder / f"{tip}.parquet"


def _edited(
    before: "array[int]", edit: FileEdit, commit: int
) -> tuple["array[int]", "array[int]", int]:
    """(lines after the edit, lines it removed, number of lines it added)."""
    removed: array[int] = array("i")
    if edit.is_binary:
        return array("i"), removed, 0
    if not edit.hunks:
        return before, removed, 0
    after: array[int] = array("i")
    at = added = 0
    for place, deleted, written in edit.hunks:
        start = place - 1 if deleted else place
        end = start + deleted
        if end > len(before):
            before.extend([UNKNOWN] * (end - len(before)))
        after += before[at:start]
        removed += before[start:end]
        after.extend([commit] * written)
        at, added = end, added + written
    after += before[at:]
    return after, removed, added
