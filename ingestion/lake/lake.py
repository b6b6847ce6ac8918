"""The lake: what landed from every source, in force, as it was, and as it came.

pages of a source → `Lake.replace_days` or `Lake.merge` → Parquet that engines read

Layout, below the root: `<source>/<table>/` with `current/dt=<day>/part.parquet` (an
entity table: `dt=all`), `history/` (rows no longer in force, with `superseded_at`),
`pages/<pull>/` and `held/`. Models read only `current/`.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.clock import Clock
from ingestion.errors import PullHeld
from ingestion.lake.content import content_hash, schema
from ingestion.lake.entities import Scope, land_rows
from ingestion.lake.partition import (
    INITIAL,
    SUPERSEDED_AT,
    day_path,
    parquet,
    partition_file,
)
from ingestion.lake.pull import Pull, gathered, new_pull_id
from ingestion.lake.receipts import Receipt
from ingestion.lake.storage import Storage
from ingestion.lake.tidy import history_joined, receipts_joined
from ingestion.lake.transaction import Transaction, sweep, transaction
from ingestion.lake.view import View
from ingestion.lake.windows import land_days
from ingestion.page import Page
from ingestion.table import Table
from ingestion.window import Window


class Lake(View):
    """The lake at a path or fsspec URL; nothing is written until something lands."""

    def __init__(self, root: str | Path | Storage, clock: Clock) -> None:
        super().__init__(root)
        self._clock = clock

    def initialise(self, tables: Iterable[Table]) -> None:
        """Give each table its zero-row partition, which tells engines its columns,
        remove what killed pulls left, and join small files that have piled up."""
        self._refuse_when_held()
        now = self._clock.now()
        sweep(self._storage, now)
        self._heal()
        with self._storage.lock("tidy"), transaction(self._storage, now) as change:
            for table in tables:
                self._declare(table, change)
                history_joined(self._storage, table, change)
            receipts_joined(self._storage, now, change)
            self._commit(change)

    def replace_days(
        self,
        table: Table,
        window: Window,
        pages: Iterable[Page],
        *,
        accept_smaller: bool = False,
    ) -> list[Receipt]:
        """Replace every day of the window by the rows of the pages, all or none.

        Days that the pages call unreported keep what is in force. Returns one receipt
        a day. Raises PullHeld when the pull shrank tenfold, and whatever the pages
        raise; the lake is unchanged then.
        """
        with self._pull(table, pages) as (pull, receipts):
            receipts += land_days(
                self._storage, pull, window, accept_smaller=accept_smaller
            )
        return receipts

    def merge(
        self,
        table: Table,
        pages: Iterable[Page],
        *,
        within: Mapping[str, str] | None = None,
        listed: Mapping[str, Sequence[Any]] | None = None,
        accept_smaller: bool = False,
    ) -> Receipt:
        """Merge the rows of the pages into an entity table by key.

        The pull speaks only for rows with the values of `within`. There, a census
        gives `removed_at` to rows it did not list; `listed` gives it to rows whose
        values are not among those, and takes it from rows whose values are. An older
        `updated_at` never replaces a newer one. Raises PullHeld as `replace_days`.
        """
        scope = Scope(within or {}, listed)
        with self._pull(table, pages) as (pull, receipts):
            receipts.append(
                land_rows(self._storage, pull, scope, accept_smaller=accept_smaller)
            )
        return receipts[0]

    def writing(self) -> AbstractContextManager[None]:
        """Hold the exclusive lock: nobody reads or lands meanwhile."""
        return self._lock.hold(shared=False)

    @contextmanager
    def _pull(
        self, table: Table, pages: Iterable[Page]
    ) -> Generator[tuple[Pull, list[Receipt]]]:
        """Gather a pull, let the caller decide on its receipts, and commit it."""
        self._refuse_when_held()
        sweep(self._storage, self._clock.now())
        with transaction(self._storage, self._clock.now()) as change:
            found = gathered(table, pages, change)
            with self._storage.lock(f"table-{table.source}-{table.name}"):
                self._heal()
                now = self._clock.now()
                pull = Pull(table, found, change, new_pull_id(self._storage, now), now)
                receipts: list[Receipt] = []
                yield pull, receipts
                pull.close(receipts)
                self._commit(change)
        if any(receipt.outcome == "held" for receipt in receipts):
            raise _held(pull)

    def _commit(self, change: Transaction) -> None:
        if change.is_empty:
            return
        change.make_durable()
        with self._lock.hold(shared=False):
            change.commit()

    def _declare(self, table: Table, change: Transaction) -> None:
        """Have the zero-row partition and history written where they are missing or
        outdated."""
        path, columns = day_path(table, INITIAL), schema(table)
        if self._storage.exists(path):
            found = pq.read_schema(path, filesystem=self._storage.arrow)
            if found.equals(columns, check_metadata=False):
                return
        rows = columns.empty_table()
        change.put(path, partition_file(table, rows, content_hash(table, rows)))
        none = rows.append_column(SUPERSEDED_AT, pa.nulls(0, SUPERSEDED_AT.type))
        change.put(f"{table.path}/history/{INITIAL}.parquet", parquet(none))

    def _refuse_when_held(self) -> None:
        if self._lock.is_held:
            raise RuntimeError("a thread that holds the lake cannot land in it")


def _held(pull: Pull) -> PullHeld:
    table = pull.table.path
    return PullHeld(
        table,
        f"the pull has {pull.rows.num_rows} rows and would leave less than a tenth of "
        f"what is in force; it is kept aside in {table}/held/{pull.id}.parquet.",
        fix="check the permissions of the key at the vendor; if the data did shrink, "
        f"run `tokenworth backfill --accept-smaller {table}`.",
    )
