"""Accounts that are nobody's, what is at stake, and whom they could be of."""

from typing import Any

import click
import duckdb

from dagster_project.workspace import Workspace

ACCOUNTS = """
    select *
    from steward.mart_unresolved_account
    where $source is null or source = $source
    order by
        coalesce(list_cost_usd, 0) desc, coalesce(items_n, 0) desc, days_n desc,
        source, account_id, reason
"""
SUGGESTIONS = """
    select person_id, suggestion_class, suggestion_reason
    from intermediate.int_accounts_suggested
    where source = $source and account_kind = $account_kind
        and account_id = $account_id
    order by person_id, suggestion_reason
"""
WORDS = {
    "former_email": "the e-mail was or will be theirs",
    "plus_address": "their e-mail with a part after +",
    "same_account_id": "the same Atlassian account is theirs elsewhere",
    "case_variant": "theirs in another case",
    "rival_claim": "one of those who claim it",
    "no_reply_id": "the id in the address is of their host account",
    "no_reply_login": "the login in the address is theirs",
    "same_name_and_domain": "same name and e-mail domain",
    "same_login": "the login is what stands before the @ of their e-mail",
    "same_name": "same name, which is never enough",
}
Row = dict[str, Any]


def show(found: Workspace, source: str | None, most_rows: int) -> None:
    """Print the accounts, those with most at stake first; nothing is decided."""
    if not found.warehouse.exists():
        raise click.ClickException("nothing is built yet. Fix: tokenworth run")
    with duckdb.connect(found.warehouse, read_only=True) as connection:
        accounts = _rows(connection, ACCOUNTS, {"source": source})
        for account in accounts[:most_rows]:
            key = {n: account[n] for n in ("source", "account_kind", "account_id")}
            _print(account, _rows(connection, SUGGESTIONS, key))
    if len(accounts) > most_rows:
        click.echo(f"… and {len(accounts) - most_rows} more (--rows)")
    click.echo(
        f"{len(accounts)} accounts are nobody's. Decide: tokenworth identity bind"
    )


def _print(account: Row, suggestions: list[Row]) -> None:
    name = " ".join(account[n] for n in ("source", "account_kind", "account_id"))
    click.secho(f"{name}   {account['reason']}", bold=True)
    stake = [
        f"${account['list_cost_usd']:f}" if account["list_cost_usd"] else None,
        f"{account['tokens']:,} tokens" if account["tokens"] else None,
        f"{account['items_n']} items" if account["items_n"] else None,
        f"{account['first_seen_date']} to {account['last_seen_date']}",
    ]
    click.echo(f"  at stake: {', '.join(part for part in stake if part)}")
    for said in suggestions:
        why = WORDS[said["suggestion_reason"]]
        click.echo(f"  {said['suggestion_class']:<9} {said['person_id']}: {why}")
    if not suggestions:
        click.echo("  nothing points to anybody")


def _rows(connection: Any, sql: str, values: Row) -> list[Row]:
    result = connection.execute(sql, values)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
