"""A pull: the pages of one table gathered, and what it will put into the lake.

pages → rows and stored bodies → files made ready with receipts → one commit
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from ingestion.lake.content import schema, with_values
from ingestion.lake.partition import (
    SUPERSEDED_AT,
    Partition,
    day_path,
    parquet,
    partition_file,
)
from ingestion.lake.receipts import (
    Outcome,
    Receipt,
    naive,
    receipts_folder,
    receipts_table,
)
from ingestion.lake.rows import one_row_per_key, page_rows
from ingestion.lake.storage import Storage
from ingestion.lake.transaction import Transaction
from ingestion.page import Page
from ingestion.table import Table
from ingestion.window import Window

PENDING = "pending"


@dataclass(frozen=True)
class Gathered:
    """All pages of a pull, read to their end."""

    rows: pa.Table
    unknown_fields: str | None
    refreshed_at: datetime | None
    note: str | None
    unreported: frozenset[date]
    coarse: frozenset[date]


def gathered(table: Table, pages: Iterable[Page], change: Transaction) -> Gathered:
    """The rows of the pages, one per key; their bodies are made ready to be stored."""
    tables = [schema(table).empty_table()]
    unknown: set[str] = set()
    refreshed: list[datetime] = []
    notes: dict[str, None] = {}
    unreported: set[date] = set()
    coarse: set[date] = set()
    for number, page in enumerate(pages, start=1):
        tables.append(page_rows(table, page, number))
        unknown |= page.unknown_fields
        if page.refreshed_at is not None:
            refreshed.append(page.refreshed_at)
        if page.note:
            notes[page.note] = None
        unreported.update(_days(page.unreported))
        coarse.update(_days(page.coarse))
        if page.body:
            target = page_path(table, PENDING, number)
            change.put(target, compressed(page.body))
    rows = one_row_per_key(table, pa.concat_tables(tables))
    return Gathered(
        rows,
        ",".join(sorted(unknown)) or None,
        min(refreshed, default=None),
        "; ".join(notes) or None,
        frozenset(unreported),
        frozenset(coarse),
    )


def pages_folder(table: Table, pull_id: str) -> str:
    """The folder of a pull's stored pages, `<number>.zst` each."""
    return f"{table.path}/pages/{pull_id}/"


def page_path(table: Table, pull_id: str, number: int) -> str:
    """The stored page `number`, from 1, of a pull."""
    return f"{pages_folder(table, pull_id)}{number:06d}.zst"


def compressed(body: bytes) -> bytes:
    """The body as a zstd frame."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(body)
    return sink.getvalue().to_pybytes()


def decompressed(data: bytes) -> bytes:
    """The body of a zstd frame."""
    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        return stream.read()


def new_pull_id(storage: Storage, now: datetime) -> str:
    """An id that sorts by landing, also under a clock that stands still."""
    instant = f"{naive(now):%Y%m%dT%H%M%S%f}Z"
    landed = storage.files(receipts_folder(now))
    earlier = sum(f"/{instant}-" in path for path in landed)
    return f"{instant}-{earlier:04d}-{secrets.token_hex(4)}"


def _days(window: Window | None) -> list[date]:
    return window.days() if window else []


class Pull:
    """One pull of one table while it lands."""

    def __init__(
        self,
        table: Table,
        found: Gathered,
        change: Transaction,
        pull_id: str,
        now: datetime,
    ) -> None:
        self.table, self.id, self.now = table, pull_id, now
        self._found, self._change = found, change
        self.rows = with_values(
            found.rows, {"known_at": naive(now), "pull_id": pull_id}
        )
        self.unreported, self.coarse = found.unreported, found.coarse

    def replace(self, day: date | None, ordered: pa.Table, hash_: str) -> None:
        """Put these rows in force for a day, or for the whole entity table."""
        data = partition_file(self.table, ordered, hash_)
        self._change.put(day_path(self.table, day), data)

    def keep_history(self, superseded: pa.Table) -> None:
        """Keep rows that are not in force any more, with the time until then."""
        if superseded.num_rows:
            until = pa.scalar(naive(self.now), SUPERSEDED_AT.type)
            column = pa.repeat(until, superseded.num_rows)
            data = parquet(superseded.append_column(SUPERSEDED_AT, column))
            self._change.put(f"{self.table.path}/history/{self.id}.parquet", data)

    def hold(self) -> str:
        """Keep the rows aside; returns where."""
        path = f"{self.table.path}/held/{self.id}.parquet"
        self._change.put(path, parquet(self.rows))
        return path

    def receipt(
        self, day: date | None, in_force: Partition, outcome: Outcome
    ) -> Receipt:
        """The receipt of a day or of the whole table."""
        return Receipt(
            self.id,
            self.table.source,
            self.table.name,
            day,
            in_force.row_count,
            in_force.content_hash,
            outcome,
            self._found.unknown_fields,
            self._found.refreshed_at,
            self._found.note,
            self.now,
        )

    def close(self, receipts: list[Receipt]) -> None:
        """Make the receipts ready, and the pages if anything came of the pull."""
        pending = pages_folder(self.table, PENDING)
        if all(r.outcome in ("unchanged", "unreported") for r in receipts):
            self._change.drop(pending)
        else:
            self._change.retarget(pending, pages_folder(self.table, self.id))
        target = f"{receipts_folder(self.now)}/{self.id}.parquet"
        self._change.put(target, parquet(receipts_table(receipts)))
        self._change.make_durable()
