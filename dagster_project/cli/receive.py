"""The receiver of telemetry, at the address and with the token of the configuration."""

import click

from dagster_project.resources import secret
from dagster_project.workspace import Workspace
from ingestion.sources import connector
from ingestion.sources.otel.connection import Otel
from ingestion.sources.otel.receiver import serve as receive


def serve(found: Workspace) -> None:
    """Receive until ended; plain error when otel is not connected or has no token."""
    named = found.configuration.vendors.get(connector("otel"))
    if not isinstance(named, Otel):
        raise click.ClickException(
            "the configuration names no source otel. Fix: name its folder there."
        )
    folder = found.beside(named.folder)
    click.echo(f"receiving at http://{named.host}:{named.port} into {folder}", err=True)
    receive(
        folder, named.host, named.port, secret("otel", named.token_env), found.clock
    )
