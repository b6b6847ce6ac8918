"""Events of the ledger as one page, from values that were verified before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from ingestion.page import Page
from ingestion.sources.decisions.tables import IDENTITY_DECISIONS

Words = Mapping[str, str | int | None]


class Event(Protocol):
    """A decision as the ledger holds it."""

    @property
    def sequence(self) -> int: ...
    @property
    def action(self) -> str: ...
    @property
    def content(self) -> Words: ...
    @property
    def decided_by(self) -> str: ...
    @property
    def decided_at(self) -> datetime: ...
    @property
    def reason(self) -> str: ...
    @property
    def evidence(self) -> str | None: ...
    @property
    def event_hash(self) -> str: ...


def identity_decisions(events: Sequence[Event]) -> Iterator[Page]:
    """One page of `decisions/identity_decisions`; none for no event."""
    if events:
        rows = [_row(event) for event in events]
        names = [column.name for column in IDENTITY_DECISIONS.columns]
        yield Page({name: [row[name] for row in rows] for name in names})


def _row(event: Event) -> dict[str, Any]:
    return {
        **event.content,
        "sequence": event.sequence,
        "decision": event.action,
        "valid_from": _day(event.content["valid_from"]),
        "valid_to": _day(event.content["valid_to"]),
        "reason": event.reason,
        "evidence": event.evidence,
        "decided_by": event.decided_by,
        "decided_at": event.decided_at,
        "event_hash": event.event_hash,
    }


def _day(said: str | int | None) -> date | None:
    return None if said is None else date.fromisoformat(str(said))
