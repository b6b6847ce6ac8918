"""`tokenworth`: a thin command line over the same assets that Dagster shows."""

import sys
from datetime import datetime
from pathlib import Path

import click

from dagster_project.cli.identity import identity
from dagster_project.workspace import Workspace, workspace
from ingestion.errors import SourceError
from ledger import LedgerError


class PlainErrors(click.Group):
    """Errors of a source or a file end in one sentence and exit code 1, not a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a person has to fix is printed, nothing else."""
        from publication.errors import PublicationError

        try:
            return super().invoke(ctx)
        except (SourceError, LedgerError, PublicationError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=PlainErrors)
@click.version_option(package_name="tokenworth")
@click.option(
    "--home", type=click.Path(path_type=Path), help="State folder [TOKENWORTH_HOME]."
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Configuration [TOKENWORTH_CONFIG].",
)
@click.pass_context
def main(ctx: click.Context, home: Path | None, config: Path | None) -> None:
    """What AI tokens turn into, per person, gated before anyone sees it."""
    found = workspace()
    ctx.obj = Workspace(
        home=(home or found.home).resolve(), config=(config or found.config).resolve()
    )
    ctx.obj.export()


main.add_command(identity)


@main.command()
@click.option(
    "--only", multiple=True, help="Run only this asset or prefix, e.g. raw/jira."
)
@click.option(
    "--without", multiple=True, help="Leave out, and build on what landed before."
)
@click.pass_obj
def run(found: Workspace, only: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Pull what is due, build, audit and publish."""
    from dagster_project.cli.console import finish
    from dagster_project.partitions import due
    from dagster_project.runs import run as start

    found.prepare()
    days = due(found)
    finish(found, start(found, days, select=only, leave_out=without, only_due=True))


@main.command()
@click.argument("first", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("last", type=click.DateTime(["%Y-%m-%d"]))
@click.option(
    "--only",
    multiple=True,
    help="Asset or prefix, e.g. raw/cursor; without it, every connected vendor.",
)
@click.option(
    "--accept-smaller",
    multiple=True,
    metavar="SOURCE/TABLE",
    help="Apply a pull of this table although it shrank tenfold.",
)
@click.pass_obj
def backfill(
    found: Workspace,
    first: datetime,
    last: datetime,
    only: tuple[str, ...],
    accept_smaller: tuple[str, ...],
) -> None:
    """Pull the days FIRST to LAST again, in one run."""
    from dagster_project.cli.console import finish
    from dagster_project.runs import run as start
    from ingestion.window import Window

    found.prepare()
    days = Window(first.date(), last.date())
    chosen = only or tuple(f"raw/{each.source}" for each in found.configuration.vendors)
    finish(found, start(found, days, select=chosen, accept_smaller=accept_smaller))


@main.command()
@click.pass_obj
def doctor(found: Workspace) -> None:
    """Check configuration, credentials and permissions of every source."""
    from dagster_project.cli.doctor import examination

    sys.exit(0 if examination(found) else 1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def status(found: Workspace, as_json: bool) -> None:
    """Show the release in force: age, marts, gates and coverage."""
    from dagster_project.cli.status import show

    sys.exit(show(found, as_json=as_json))


@main.command()
@click.argument("person")
@click.argument("quarter")
@click.option("--measure", default="list_cost_usd", show_default=True)
@click.option("--rows", default=20, show_default=True, help="Vendor rows to print.")
@click.pass_obj
def explain(
    found: Workspace, person: str, quarter: str, measure: str, rows: int
) -> None:
    """Lead from a figure of PERSON in QUARTER (2026-Q3) to the records behind it."""
    from dagster_project.cli.explain import show

    show(found, person, quarter, measure, rows)


@main.command()
@click.pass_obj
def receive(found: Workspace) -> None:
    """Receive telemetry of coding tools over OTLP/HTTP, for the source otel."""
    from dagster_project.cli.receive import serve

    serve(found)


@main.command()
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def demo(found: Workspace, command: tuple[str, ...]) -> None:
    """Run COMMAND (default: run) with the simulated company and vendors up."""
    from dagster_project.cli.demo import with_vendors

    sys.exit(with_vendors(found, command or ("run",)))


@main.command()
@click.option("--port", default=3000, show_default=True)
@click.pass_obj
def dev(found: Workspace, port: int) -> None:
    """Open the Dagster UI over this workspace."""
    from dagster_project.cli.dev import serve

    sys.exit(serve(found, port))
