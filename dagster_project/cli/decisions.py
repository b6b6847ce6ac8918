"""The history of identity decisions, each with what became of it."""

import click

from dagster_project.workspace import Workspace
from ledger.event import Event
from ledger.identity import TOPIC, Decision, decision


def show(found: Workspace, about: str | None) -> None:
    """Print the decisions that name `about`, or all; raises Tampered if one is not
    as it was written."""
    events = found.ledger.verified()
    ours = [(event, decision(event)) for event in events if event.topic == TOPIC]
    reverted = {said.reverts_sequence: event.sequence for event, said in ours}
    named = {event.sequence for event, said in ours if _is_about(said, about)}
    for event, said in ours:
        if event.sequence in named or said.reverts_sequence in named:
            _print(event, said, reverted.get(event.sequence))
    click.echo(f"{len(events)} events, and the chain is whole")


def _is_about(said: Decision, about: str | None) -> bool:
    names = {said.person_id, said.other_person_id}
    if said.account:
        names |= {said.account.account_id, str(said.account)}
    return about is None or about in names


def _print(event: Event, said: Decision, reverted_by: int | None) -> None:
    state = f"   taken back by {reverted_by}" if reverted_by else ""
    click.secho(f"{event.sequence:>4}  {words(said)}{state}", bold=not reverted_by)
    at = f"{event.decided_at:%Y-%m-%d %H:%M} UTC"
    evidence = f"   evidence: {event.evidence}" if event.evidence else ""
    click.echo(f"      {at}  {event.decided_by}: {event.reason}{evidence}")


def words(said: Decision) -> str:
    """The decision in a sentence."""
    account, person, other = said.account, said.person_id, said.other_person_id
    sentence = {
        "bind": f"{account} is {person}'s",
        "split": f"{account} is not {person}'s" + (f" but {other}'s" if other else ""),
        "merge": f"{other} is {person}",
        "exclude": f"{account} is nobody's",
        "revert": f"decision {said.reverts_sequence} no longer holds",
    }[said.action]
    if said.span is None:
        return sentence
    until = f" to {said.span.valid_to}" if said.span.valid_to else ""
    return f"{said.action}: {sentence}, from {said.span.valid_from}{until}"
