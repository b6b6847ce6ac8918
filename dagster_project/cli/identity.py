"""`tokenworth identity`: whose an account is, which somebody decides."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

import click

from dagster_project.workspace import Workspace
from ledger.identity import Account, Decision, Span, check

P = ParamSpec("P")
R = TypeVar("R")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def identity() -> None:
    """Decide whose an account is; nothing is merged by itself."""


def _explained(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say who decides and why."""
    for option in (
        click.option("--evidence", help="Where it is written down."),
        click.option("--why", required=True, help="Why, in words."),
        click.option(
            "--who",
            required=True,
            envvar="TOKENWORTH_OPERATOR",
            help="Who decides [TOKENWORTH_OPERATOR].",
        ),
    ):
        command = option(command)
    return command


def _spanned(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say on which days it holds."""
    for option in (
        click.option("--to", "last", type=DAY, help="Last day; open without it."),
        click.option("--from", "first", type=DAY, required=True, help="First day."),
    ):
        command = option(command)
    return command


_kind = click.option(
    "--kind", help="Kind of account; needed if the source has several of this name."
)


@identity.command()
@click.argument("source")
@click.argument("account")
@click.argument("person")
@_kind
@_spanned
@_explained
@click.pass_obj
def bind(
    found: Workspace,
    source: str,
    account: str,
    person: str,
    kind: str | None,
    first: datetime,
    last: datetime | None,
    **explained: Any,
) -> None:
    """ACCOUNT of SOURCE is PERSON's."""
    decided = Decision(
        "bind",
        account=_account(found, source, account, kind),
        person_id=_person(found, person),
        span=_span(first, last),
    )
    _write(found, decided, **explained)


@identity.command()
@click.argument("source")
@click.argument("account")
@click.argument("person")
@click.option("--instead", help="Whose it is instead; nobody's by this without it.")
@_kind
@_spanned
@_explained
@click.pass_obj
def split(
    found: Workspace,
    source: str,
    account: str,
    person: str,
    instead: str | None,
    kind: str | None,
    first: datetime,
    last: datetime | None,
    **explained: Any,
) -> None:
    """ACCOUNT of SOURCE is not PERSON's, whatever a rule says."""
    decided = Decision(
        "split",
        account=_account(found, source, account, kind),
        person_id=_person(found, person),
        other_person_id=_person(found, instead) if instead else None,
        span=_span(first, last),
    )
    _write(found, decided, **explained)


@identity.command()
@click.argument("person")
@click.argument("other")
@_spanned
@_explained
@click.pass_obj
def merge(
    found: Workspace,
    person: str,
    other: str,
    first: datetime,
    last: datetime | None,
    **explained: Any,
) -> None:
    """OTHER is a second record of PERSON."""
    decided = Decision(
        "merge",
        person_id=_person(found, person),
        other_person_id=_person(found, other),
        span=_span(first, last),
    )
    _write(found, decided, **explained)


@identity.command()
@click.argument("source")
@click.argument("account")
@_kind
@_spanned
@_explained
@click.pass_obj
def exclude(
    found: Workspace,
    source: str,
    account: str,
    kind: str | None,
    first: datetime,
    last: datetime | None,
    **explained: Any,
) -> None:
    """ACCOUNT of SOURCE is nobody's, and needs no owner."""
    decided = Decision(
        "exclude",
        account=_account(found, source, account, kind),
        span=_span(first, last),
    )
    _write(found, decided, **explained)


@identity.command()
@click.argument("sequence", type=int)
@_explained
@click.pass_obj
def revert(found: Workspace, sequence: int, **explained: Any) -> None:
    """Take back decision SEQUENCE, as `history` numbers it."""
    _write(found, Decision("revert", reverts_sequence=sequence), **explained)


@identity.command()
@click.option("--about", help="Only those that name this account or person.")
@click.pass_obj
def history(found: Workspace, about: str | None) -> None:
    """Show every decision, with who, when and why, and verify the chain."""
    from dagster_project.cli.decisions import show

    show(found, about)


@identity.command()
@click.option("--source", help="Only accounts of this source.")
@click.option("--rows", default=20, show_default=True, help="Accounts to print.")
@click.pass_obj
def suggest(found: Workspace, source: str | None, rows: int) -> None:
    """List accounts that are nobody's, with whom they could be of and why."""
    from dagster_project.cli.suggestions import show

    show(found, source, rows)


@identity.command()
@click.option("--seed", default=7, show_default=True, help="Which labelled accounts.")
@click.option("--people", default=300, show_default=True, help="How many people.")
def benchmark(seed: int, people: int) -> None:
    """Resolve labelled accounts by the real models; print precision and recall."""
    from dagster_project.cli.identity_benchmark import show

    show(seed, people)


def _write(
    found: Workspace, decided: Decision, *, who: str, why: str, evidence: str | None
) -> None:
    draft = decided.draft(decided_by=who, reason=why, evidence=evidence)
    event = found.ledger.append(draft, check(decided))
    click.echo(
        f"event {event.sequence}: {event.action}. Figures follow with the next "
        "tokenworth run."
    )


def _account(found: Workspace, source: str, account: str, kind: str | None) -> Account:
    from dagster_project.cli.accounts import account_named

    return account_named(found, source, account, kind)


def _person(found: Workspace, person: str) -> str:
    from dagster_project.cli.accounts import person_named

    return person_named(found, person)


def _span(first: datetime, last: datetime | None) -> Span:
    to: date | None = last.date() if last else None
    return Span(first.date(), to)
