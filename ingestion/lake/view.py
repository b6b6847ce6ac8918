"""The lake as readers see it: in force, as it was known once, and as it came."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.lake import tables as lake_tables
from ingestion.lake.compute import compute as pc
from ingestion.lake.content import in_order, schema
from ingestion.lake.lock import LakeLock
from ingestion.lake.partition import (
    INITIAL,
    SUPERSEDED_AT,
    file_hash,
    parquet,
    rows_of,
)
from ingestion.lake.pull import decompressed, pages_folder
from ingestion.lake.receipts import naive
from ingestion.lake.storage import Storage, storage_at
from ingestion.lake.transaction import finish_all, journals
from ingestion.table import Table


class View:
    """A lake for reading; each method reads one state, also while a pull lands."""

    def __init__(self, root: str | Path | Storage) -> None:
        self._storage = root if isinstance(root, Storage) else storage_at(root)
        self._lock = LakeLock(lambda shared: self._storage.lock("lake", shared=shared))

    @contextmanager
    def reading(self) -> Generator[None]:
        """Hold the shared lock: everything read meanwhile is one state."""
        if self._lock.is_held:
            yield
            return
        while True:
            self._heal()
            with self._lock.hold(shared=True):
                # A writer may have died since: its pull counts, so it comes first.
                if not journals(self._storage):
                    yield
                    return

    def current(self, table: Table) -> pa.Table:
        """The rows in force, tombstones included."""
        with self.reading():
            files = self._storage.files(f"{table.path}/current")
            return rows_of(self._storage, files, schema(table))

    def as_of(self, table: Table, known_at: datetime) -> pa.Table:
        """The rows that were in force at an instant, sorted by key."""
        until = pa.scalar(naive(known_at), pa.timestamp("us"))
        with self.reading():
            now = self.current(table)
            files = self._storage.files(f"{table.path}/history")
            past = rows_of(self._storage, files, schema(table).append(SUPERSEDED_AT))
        past = past.filter(pc.greater(past[SUPERSEDED_AT.name], until))
        rows = pa.concat_tables([now, past.drop_columns(SUPERSEDED_AT.name)])
        return in_order(table, rows.filter(pc.less_equal(rows["known_at"], until)))

    def receipts(self) -> pa.Table:
        """All receipts, in the order of their pulls."""
        rows = self.current(lake_tables.RECEIPTS)
        return rows.sort_by([("pull_id", "ascending"), ("window_day", "ascending")])

    def stored_pages(self, table: Table, pull_id: str) -> list[bytes]:
        """The redacted bodies of a pull in order: page n is item n - 1, empty for a
        page that came without a body."""
        folder = pages_folder(table, pull_id)
        with self.reading():
            found = {
                int(path.removeprefix(folder).removesuffix(".zst")): path
                for path in self._storage.files(folder)
            }
            bodies = {n: self._storage.read(path) for n, path in found.items()}
        return [
            decompressed(bodies[number]) if number in bodies else b""
            for number in range(1, max(bodies, default=0) + 1)
        ]

    def inputs(self) -> dict[str, str]:
        """File → content hash of everything in force, but for what the lake and the
        gate write about themselves."""
        own = {table.path for table in lake_tables.TABLES}
        hashes: dict[str, str] = {}
        with self.reading():
            for path in self._table_paths():
                for file in self._storage.files(f"{path}/current"):
                    if path not in own and f"/dt={INITIAL}/" not in file:
                        footer = pq.read_metadata(file, filesystem=self._storage.arrow)
                        hashes[file] = file_hash(footer)
        return hashes

    def compact(self, target: str | Path) -> None:
        """Write a copy of what is in force with one file a table, for engines that
        dislike small files."""
        copy = storage_at(target)
        with self.reading():
            for path in self._table_paths():
                files = self._storage.files(f"{path}/current")
                columns = pq.read_schema(files[0], filesystem=self._storage.arrow)
                rows = rows_of(self._storage, files, columns.remove_metadata())
                copy.write(f"{path}/current/dt=all/part.parquet", parquet(rows))

    def _heal(self) -> None:
        """Finish pulls that counted when their process died."""
        if journals(self._storage):
            with self._lock.hold(shared=False):
                finish_all(self._storage)

    def _table_paths(self) -> list[str]:
        return [
            f"{source}/{name}"
            for source in self._storage.folders("")
            if not source.startswith(".")
            for name in self._storage.folders(source)
        ]
