"""Accounts and persons as an operator types them, found among those that are known."""

import difflib
from collections.abc import Iterable

import click
import duckdb
import pyarrow.compute as pc

from dagster_project.organisation import account_sources
from dagster_project.workspace import Workspace
from ingestion.sources.people.tables import PERSONS
from ledger.identity import Account

SEEN = """
    select distinct account_kind, account_id
    from intermediate.int_accounts_seen
    where source = $source and lower(account_id) = lower($account)
        and ($kind is null or account_kind = $kind)
    order by account_id <> $account, account_kind
"""


def account_named(
    found: Workspace, source: str, account: str, kind: str | None
) -> Account:
    """The account as its source writes it; one that nobody has seen yet as typed."""
    if source not in account_sources():
        raise _unknown("source", source, account_sources())
    seen = _seen(found, source, account, kind)
    exact = [row for row in seen if row[1] == account] or seen
    if len(exact) > 1:
        kinds = ", ".join(sorted(f"{kind} {name}" for kind, name in exact))
        raise click.ClickException(
            f"{source} has several accounts of this name: {kinds}. Fix: write it "
            "exactly, and say which with --kind."
        )
    if exact:
        return Account(source, *exact[0])
    click.echo(
        f"{source} {account} has not been seen yet; the decision waits for it.",
        err=True,
    )
    if source == "git":
        return Account(source, kind or "email", account.strip().lower())
    return Account(source, kind or "user", account.strip())


def person_named(found: Workspace, person: str) -> str:
    """The person's id; plain error when the people file has nobody of that id."""
    rows = found.lake.current(PERSONS).filter(pc.field("removed_at").is_null())
    known = set(rows["person_id"].to_pylist())
    if person not in known:
        raise _unknown("person", person, known)
    return person


def _seen(
    found: Workspace, source: str, account: str, kind: str | None
) -> list[tuple[str, str]]:
    if not found.warehouse.exists():
        return []
    values = {"source": source, "account": account, "kind": kind}
    with duckdb.connect(found.warehouse, read_only=True) as connection:
        return connection.execute(SEEN, values).fetchall()


def _unknown(what: str, name: str, known: Iterable[str]) -> click.ClickException:
    near = difflib.get_close_matches(name, list(known), n=1)
    fix = f"did you mean {near[0]!r}?" if near else f"name a {what} that has landed."
    return click.ClickException(f"{what} {name!r} is not known. Fix: {fix}")
