"""The ledger itself: append under one lock, read in order, verify the chain."""

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ledger.errors import LedgerError, Refused, Tampered
from ledger.event import START, Draft, Event, canonical, instant
from ledger.store import EVENTS, METADATA, engine, lock

Check = Callable[[Sequence[Event]], None]


class Ledger:
    """Events of all topics at a URL; the table is made when first needed."""

    def __init__(self, url: str, now: Callable[[], datetime]) -> None:
        self._url, self._now = url, now

    def append(self, draft: Draft, check: Check | None = None) -> Event:
        """Write the next event and return it.

        `check` sees all earlier events and may refuse by raising; nobody else writes
        meanwhile, so what it saw still holds when the event is written.
        """
        _refuse_unexplained(draft)
        with self._writing() as connection:
            earlier = _read(connection)
            if fault := fault_of(earlier):
                raise fault
            if check is not None:
                check(earlier)
            event = _next(draft, earlier, self._now())
            connection.execute(EVENTS.insert().values(**_row(event)))
        return event

    def events(self, topic: str | None = None) -> list[Event]:
        """Events in the order they were written, as they stand now."""
        with self._plain(), self._engine.connect() as connection:
            found = _read(connection)
        return [event for event in found if topic in (None, event.topic)]

    def verified(self, topic: str | None = None) -> list[Event]:
        """The events; raises Tampered naming the first that is not as written."""
        found = self.events()
        if fault := fault_of(found):
            raise fault
        return [event for event in found if topic in (None, event.topic)]

    @cached_property
    def _engine(self) -> sa.Engine:
        made = engine(self._url)
        with self._plain(), made.connect() as connection:
            lock(connection, for_creation=True)
            METADATA.create_all(connection)
            connection.commit()
        return made

    @contextmanager
    def _writing(self) -> Generator[sa.Connection]:
        with self._plain(), self._engine.connect() as connection:
            lock(connection)
            yield connection
            connection.commit()

    @contextmanager
    def _plain(self) -> Generator[None]:
        """Errors of the database without its words, which may hold the URL."""
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(
                f"the database did not do what was asked ({type(error).__name__}).",
                fix="check that it is reachable and that its user may create and "
                "write the table ledger_events.",
            ) from None


def fault_of(events: Sequence[Event]) -> Tampered | None:
    """The first break of the chain, by the number of its event; None if it is whole."""
    previous, expected = START, 1
    for event in events:
        if event.sequence != expected:
            return _tampered(expected, "is missing")
        if event.previous_hash != previous:
            return _tampered(event.sequence, "does not follow the one before it")
        if event.rightful_hash != event.event_hash:
            return _tampered(event.sequence, "was changed after it was written")
        previous, expected = event.event_hash, expected + 1
    return None


def _tampered(sequence: int, what: str) -> Tampered:
    return Tampered(
        f"event {sequence} {what}.",
        fix="restore the ledger from a backup, and find out who may write to it.",
    )


def _refuse_unexplained(draft: Draft) -> None:
    for name, value in (("decided_by", draft.decided_by), ("reason", draft.reason)):
        if not value.strip():
            raise Refused(
                "a decision says who takes it and why.",
                field=name,
                fix=f"give {name} in words.",
            )


def _next(draft: Draft, earlier: Sequence[Event], now: datetime) -> Event:
    event = Event(
        sequence=len(earlier) + 1,
        topic=draft.topic,
        action=draft.action,
        content=dict(draft.content),
        decided_by=draft.decided_by.strip(),
        decided_at=datetime.fromisoformat(instant(now)),
        reason=draft.reason.strip(),
        evidence=draft.evidence,
        previous_hash=earlier[-1].event_hash if earlier else START,
        event_hash="",
    )
    return replace(event, event_hash=event.rightful_hash)


def _row(event: Event) -> dict[str, Any]:
    return {
        **{column.name: getattr(event, column.name) for column in EVENTS.columns},
        "content": canonical(event.content),
        "decided_at": instant(event.decided_at),
    }


def _read(connection: sa.Connection) -> list[Event]:
    rows = connection.execute(sa.select(EVENTS).order_by(EVENTS.c.sequence))
    return [_event({**row}) for row in rows.mappings()]


def _event(row: dict[str, Any]) -> Event:
    """An event as stored; what no longer reads as one was tampered with."""
    try:
        row["content"] = json.loads(row["content"])
        row["decided_at"] = datetime.fromisoformat(row["decided_at"])
        return Event(**row)
    except (ValueError, TypeError):
        raise _tampered(row["sequence"], "was changed after it was written") from None
