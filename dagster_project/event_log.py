"""Dagster's storage in SQLite, made cheap for ranges of daily partitions.

Dagster writes an event by opening two databases, and each day of a range is an event:
some 15 ms a day and table. Here a batch of events shares one transaction per database,
and what is the same for each event is looked up once. Files and their layout stay
Dagster's own, so that this can be left out at any time; `dagster.yaml` names it.
"""

import threading
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Self

from dagster import EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import (
    SqliteEventLogStorage,
)
from dagster._core.storage.sql import create_engine
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import (
    DagsterSqliteStorage,
    SqliteStorageConfig,
)
from dagster._serdes import ConfigurableClassData
from sqlalchemy import event as hook
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

ENGINES_KEPT = 8  # the index and the runs last used; an engine holds no open file


class _Batch(threading.local):
    """The transactions of the batch that this thread stores, if it stores one."""

    stack: ExitStack | None = None
    connections: dict[str, Connection]
    last: dict[tuple[str, str], tuple[EventLogEntry, int]]


class BatchedEventLog(SqliteEventLogStorage):
    """Dagster's event log; a batch is one transaction per database."""

    def __init__(
        self, base_dir: str, inst_data: ConfigurableClassData | None = None
    ) -> None:
        self._batch = _Batch()
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        self._asset_columns: set[str] = set()
        super().__init__(base_dir, inst_data)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store all events or, when one cannot be stored, none of them."""
        with self._db_lock, ExitStack() as stack:
            self._batch.stack, self._batch.connections = stack, {}
            self._batch.last = {}
            try:
                for event in events:
                    self.store_event(event)
                if self._batch.last:
                    with self.index_connection() as connection:
                        for last, event_id in self._batch.last.values():
                            super()._store_asset_event(connection, last, event_id)
            finally:
                self._batch.stack = None

    def has_table(self, table_name: str) -> bool:
        """Whether the index has the table; asked for each event, so remembered."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def wipe(self) -> None:
        """Forget everything, also which databases there are."""
        super().wipe()
        self._engines.clear()

    def _store_asset_event(
        self, conn: Connection, event: EventLogEntry, event_id: int
    ) -> None:
        """Note an asset's newest event; of a batch, only the last of each kind."""
        named = event.dagster_event
        if self._batch.stack is None or named is None or named.asset_key is None:
            super()._store_asset_event(conn, event, event_id)
            return
        kind = (named.asset_key.to_string(), named.event_type_value)
        self._batch.last.pop(kind, None)  # to the end, behind other kinds before it
        self._batch.last[kind] = (event, event_id)

    def _has_asset_key_col_on_connection(
        self, conn: Connection, column_name: str
    ) -> bool:
        if column_name not in self._asset_columns:
            if not super()._has_asset_key_col_on_connection(conn, column_name):
                return False
            self._asset_columns.add(column_name)
        return True

    @contextmanager
    def _connect(self, shard: str) -> Generator[Connection]:
        """A connection in a transaction: the batch's own while one is being stored."""
        if self._batch.stack is None:
            with self._db_lock, self._transaction(shard) as connection:
                yield connection
            return
        if shard not in self._batch.connections:
            begun = self._batch.stack.enter_context(self._transaction(shard))
            self._batch.connections[shard] = begun
        yield self._batch.connections[shard]

    @contextmanager
    def _transaction(self, shard: str) -> Generator[Connection]:
        engine = self._engine(shard)
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        with engine.connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        """The database's engine, kept for the statements it has compiled."""
        engine = self._engines.pop(shard, None)
        if engine is None:
            # No pool: closing moves writes to the file that the UI's live view watches.
            engine = create_engine(
                self.conn_string_for_shard(shard),
                poolclass=NullPool,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS},
            )
            hook.listen(engine, "connect", _sync_at_checkpoints)
        self._engines[shard] = engine
        if len(self._engines) > ENGINES_KEPT:
            del self._engines[next(iter(self._engines))]
        return engine


class BatchedSqliteStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage of runs, events and schedules, with the log above."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: SqliteStorageConfig
    ) -> Self:
        """The storage as `dagster.yaml` names it; Dagster's own would make its own."""
        return cls.from_local(config_value["base_dir"], inst_data)

    def __init__(
        self, base_dir: str, inst_data: ConfigurableClassData | None = None
    ) -> None:
        super().__init__(base_dir, inst_data)
        own = self._event_log_storage
        self._event_log_storage = BatchedEventLog(own._base_dir)  # pyright: ignore[reportPrivateUsage]


def _sync_at_checkpoints(connection: Any, _: object) -> None:
    """Sync when the write-ahead log is merged, not at each commit.

    A power cut may cost the last commits, never the database; a kill costs nothing.
    """
    connection.execute("PRAGMA synchronous=NORMAL")
