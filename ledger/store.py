"""Where events are kept: one table, in SQLite or Postgres, that only ever grows."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from ledger.errors import LedgerError

WAIT_SECONDS = 60  # for another writer, who holds the lock for milliseconds
METADATA = sa.MetaData()
EVENTS = sa.Table(
    "ledger_events",
    METADATA,
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("decided_at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text),
    sa.Column("previous_hash", sa.Text, nullable=False, unique=True),
    sa.Column("event_hash", sa.Text, nullable=False, unique=True),
)
# The database itself refuses what the chain would find later.
_APPEND_ONLY = {
    "sqlite": [
        f"create trigger ledger_events_no_{act} before {act} on ledger_events "
        "begin select raise(abort, 'the ledger is append-only'); end"
        for act in ("update", "delete")
    ],
    "postgresql": [
        "create or replace function ledger_is_append_only() returns trigger "
        "language plpgsql as $$ begin raise exception "
        "'the ledger is append-only'; end $$",
        "create trigger ledger_events_append_only before update or delete "
        "on ledger_events for each statement execute function "
        "ledger_is_append_only()",
    ],
}
for _dialect, _statements in _APPEND_ONLY.items():
    for _statement in _statements:
        event.listen(
            EVENTS, "after_create", sa.DDL(_statement).execute_if(dialect=_dialect)
        )
# Held from before the last event is read until the new one is committed.
_LOCK = {
    "sqlite": "begin immediate",
    "postgresql": "lock table ledger_events in exclusive mode",
}
# Two first writers at once would both make the table.
_CREATION_LOCK = {
    "sqlite": "begin immediate",
    "postgresql": "select pg_advisory_xact_lock(7368420001)",
}


def engine(url: str) -> sa.Engine:
    """The engine of a URL; raises LedgerError that never repeats the URL's secrets."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() not in _LOCK:
            raise LedgerError(
                f"{parsed.get_backend_name()} cannot keep it.",
                fix="name an SQLite or Postgres URL, e.g. postgresql+psycopg://….",
            )
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        return sa.create_engine(parsed, poolclass=sa.NullPool)
    except (ArgumentError, NoSuchModuleError):
        raise LedgerError(
            "the URL that names it cannot be read.",
            fix="write it as sqlite:////path/ledger.db or "
            "postgresql+psycopg://user:password@host/database.",
        ) from None
    except ModuleNotFoundError as error:
        raise LedgerError(
            f"the driver {error.name} is not installed.",
            fix="install the extra `postgres` of tokenworth, or name another driver.",
        ) from None


def _sqlite(url: sa.URL) -> sa.Engine:
    """SQLite whose transactions begin when we say so, not when its driver thinks."""
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"{folder} cannot be made ({error.strerror}).",
            fix="name a folder that may be written to.",
        ) from None
    made = sa.create_engine(
        url, poolclass=sa.NullPool, connect_args={"timeout": WAIT_SECONDS}
    )
    event.listen(made, "connect", _leave_transactions_to_us)
    return made


def _leave_transactions_to_us(connection: Any, _: Any) -> None:
    connection.isolation_level = None


def lock(connection: sa.Connection, *, for_creation: bool = False) -> None:
    """Make this transaction the only writer; others wait."""
    found = _CREATION_LOCK if for_creation else _LOCK
    connection.exec_driver_sql(found[connection.dialect.name])
