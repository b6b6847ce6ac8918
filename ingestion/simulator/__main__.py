"""Command line of the simulator; see `python -m ingestion.simulator --help`."""

import json
import os
import socket
from datetime import datetime
from pathlib import Path

import click
import uvicorn

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.files import configuration
from ingestion.simulator.home import write_company
from ingestion.simulator.server import address, configured, listening
from ingestion.simulator.truth import Truth

_HOME = click.option(
    "--home",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the company's files.",
)
_SEED = click.option("--seed", default=7, show_default=True, help="Which company.")
_PRESENT = click.option(
    "--present",
    default=timeline.PRESENT.isoformat(),
    show_default=True,
    help="The simulated present, RFC 3339 with a time zone.",
)


@click.group()
def main() -> None:
    """A generated company with known truth."""


@main.command()
@_HOME
@_SEED
@_PRESENT
def company(home: Path, seed: int, present: str) -> None:
    """Write people files and Git repositories, unless they are there."""
    is_new = write_company(Company(seed), _instant(present), home)
    click.echo("written" if is_new else "already there")


@main.command()
@_HOME
@_SEED
@_PRESENT
@click.option("--port", default=0, help="Port on loopback; 0 takes a free one.")
@click.option("--calm", is_flag=True, help="Without rate limits and absences.")
def serve(home: Path, seed: int, present: str, port: int, calm: bool) -> None:
    """Serve the vendors until ended; `server.json` tells where, once ready."""
    at, served = _instant(present), Company(seed)
    write_company(served, at, home)
    with _listening(port) as listener:
        url = address(listener)
        text = configuration(url, at.isoformat(), home.resolve())
        (home / "tokenworth.yaml").write_text(text, encoding="utf-8")
        ready = home / "server.json.new"
        ready.write_text(json.dumps({"url": url, "pid": os.getpid()}))
        ready.replace(home / "server.json")
        config = configured(served, at, throttles=not calm)
        uvicorn.Server(config).run(sockets=[listener])


@main.command()
@_HOME
@_SEED
@click.option("--present", default=None, help="As served then; without it, all.")
def truth(home: Path, seed: int, present: str | None) -> None:
    """Write the planted truth as `truth/<table>.parquet`."""
    at = None if present is None else _instant(present)
    Truth(Company(seed), at).write(home / "truth")


def _listening(port: int) -> socket.socket:
    try:
        return listening(port)
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error}") from None


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no RFC 3339 instant") from None
    if at.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no time zone")
    return at


if __name__ == "__main__":
    main()
