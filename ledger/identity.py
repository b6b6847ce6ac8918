"""Decisions about whose an account is: what each must say, and what contradicts it.

bind     the account is the person's
split    the account is not the person's, but the other's if one is named
merge    the other person's record is of the person
exclude  the account is nobody's, and needs no owner
revert   an earlier decision no longer holds

They hold from `valid_from` to `valid_to`, both days included. Nothing is decided here
by itself: every decision is somebody's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from ledger.errors import Refused
from ledger.event import Draft, Event, Value
from ledger.ledger import Check

TOPIC: Final = "identity"
ACTIONS: Final = ("bind", "split", "merge", "exclude", "revert")


@dataclass(frozen=True)
class Account:
    """An account as identity sees it."""

    source: str
    account_kind: str
    account_id: str

    def __str__(self) -> str:
        return f"{self.source} {self.account_kind} {self.account_id}"


@dataclass(frozen=True)
class Span:
    """Days on which a decision holds, both ends included; an open end is None."""

    valid_from: date
    valid_to: date | None = None

    def overlaps(self, other: "Span") -> bool:
        """Whether some day lies in both."""
        return self.valid_from <= (other.valid_to or date.max) and (
            other.valid_from <= (self.valid_to or date.max)
        )


@dataclass(frozen=True)
class Decision:
    """What an event of this topic says; fields that its action has no use for: None."""

    action: str
    account: Account | None = None
    person_id: str | None = None
    other_person_id: str | None = None
    span: Span | None = None
    reverts_sequence: int | None = None

    @property
    def content(self) -> dict[str, Value]:
        """The words of it that are hashed and stored."""
        account = asdict(self.account) if self.account else {}
        span = self.span
        to = span.valid_to if span else None
        return {
            **{name: account.get(name) for name in Account.__dataclass_fields__},
            "person_id": self.person_id,
            "other_person_id": self.other_person_id,
            "valid_from": span.valid_from.isoformat() if span else None,
            "valid_to": to.isoformat() if to else None,
            "reverts_sequence": self.reverts_sequence,
        }

    def draft(self, *, decided_by: str, reason: str, evidence: str | None) -> Draft:
        """The decision as somebody's; raises Refused if it lacks something."""
        _refuse_incomplete(self)
        return Draft(TOPIC, self.action, self.content, decided_by, reason, evidence)


def decision(event: Event) -> Decision:
    """What an event says."""
    said: Mapping[str, Value] = event.content
    account_id, valid_from = said["account_id"], said["valid_from"]
    reverts = said["reverts_sequence"]
    return Decision(
        action=event.action,
        account=None
        if account_id is None
        else Account(str(said["source"]), str(said["account_kind"]), str(account_id)),
        person_id=_text(said["person_id"]),
        other_person_id=_text(said["other_person_id"]),
        span=None
        if valid_from is None
        else Span(date.fromisoformat(str(valid_from)), _day(said["valid_to"])),
        reverts_sequence=None if reverts is None else int(reverts),
    )


def in_force(events: Iterable[Event]) -> Iterator[tuple[Event, Decision]]:
    """Decisions that no later one took back."""
    found = [(e, decision(e)) for e in events if e.topic == TOPIC]
    reverted = {said.reverts_sequence for _, said in found}
    for event, said in found:
        if said.action != "revert" and event.sequence not in reverted:
            yield event, said


def check(wanted: Decision) -> Check:
    """What refuses the decision because of those before it."""

    def _check(events: Sequence[Event]) -> None:
        if wanted.action == "revert":
            _refuse_vain_revert(wanted, events)
        for event, said in in_force(events):
            if said == wanted:
                raise Refused(
                    f"event {event.sequence} already says so.",
                    fix="nothing is to be done.",
                )
            if wanted.action == said.action == "merge":
                _refuse_chain(wanted, event, said)

    return _check


def _refuse_incomplete(said: Decision) -> None:
    needs = {
        "bind": ("account", "person_id", "span"),
        "split": ("account", "person_id", "span"),
        "merge": ("person_id", "other_person_id", "span"),
        "exclude": ("account", "span"),
        "revert": ("reverts_sequence",),
    }
    for name in needs[said.action]:
        if getattr(said, name) is None:
            raise Refused(
                f"{said.action} needs it.", field=name, fix="give it with the decision."
            )
    if said.person_id is not None and said.person_id == said.other_person_id:
        raise Refused(
            f"{said.person_id} is named twice.",
            field="other_person_id",
            fix="name two different persons.",
        )
    if said.span and said.span.valid_to and said.span.valid_to < said.span.valid_from:
        raise Refused(
            f"{said.span.valid_to} lies before {said.span.valid_from}.",
            field="valid_to",
            fix="name the last day on which it holds, or leave it open.",
        )


def _refuse_vain_revert(wanted: Decision, events: Sequence[Event]) -> None:
    standing = {event.sequence for event, _ in in_force(events)}
    if wanted.reverts_sequence in standing:
        return
    numbers = ", ".join(map(str, sorted(standing))) or "none"
    raise Refused(
        f"event {wanted.reverts_sequence} is no identity decision in force.",
        field="reverts_sequence",
        fix=f"name one of those that are: {numbers}. A revert is not reverted; take "
        "the decision again.",
    )


def _refuse_chain(wanted: Decision, event: Event, said: Decision) -> None:
    """Mergers lead from a record to a person in one step, on every day."""
    if not (wanted.span and said.span and wanted.span.overlaps(said.span)):
        return
    absorbed = {wanted.other_person_id}
    if absorbed & {said.person_id, said.other_person_id} or (
        wanted.person_id == said.other_person_id
    ):
        raise Refused(
            f"event {event.sequence} merges {said.other_person_id} into "
            f"{said.person_id} on some of these days.",
            field="other_person_id",
            fix=f"merge every record into one person; revert {event.sequence} first "
            "if that is to be another one.",
        )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _day(value: Value) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
