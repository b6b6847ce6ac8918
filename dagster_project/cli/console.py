"""How a run ends on a terminal: the errors, or the release and where to look."""

import sys

import click

from dagster_project.runs import Outcome
from dagster_project.workspace import Workspace


def finish(found: Workspace, outcome: Outcome) -> None:
    """Print the end of a run and leave with exit code 0 or 1."""
    from dagster_project.cli.status import show

    for error in outcome.errors:
        click.secho(f"failed  {error}", fg="red", err=True)
    if not outcome.is_success:
        click.echo(
            "The run failed; what had landed is kept and the last release stays.\n"
            "Fix what is named and run again, or publish without it: "
            "tokenworth run --without SOURCE/TABLE",
            err=True,
        )
    show(found, as_json=False)
    sys.exit(0 if outcome.is_success else 1)
