"""The demonstration: simulated vendors on loopback while a command runs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from dagster_project.workspace import Workspace
from ingestion.simulator import files, timeline
from ingestion.simulator.vendor import vendors as simulated

PATIENCE = 120  # seconds until the company is generated and served
PRESENT = timeline.PRESENT.isoformat()
SECRETS = {
    **{name: value for each in simulated() for name, value in each.secrets.items()},
    "JIRA_EMAIL": files.JIRA_EMAIL,
    "JIRA_API_TOKEN": files.JIRA_API_TOKEN,
}


def with_vendors(found: Workspace, command: Sequence[str]) -> int:
    """Run `command` in the demo's workspace; returns its exit code."""
    folder = found.home / "demo"
    with vendors(folder) as url:
        config = found.home / "tokenworth.yaml"
        config.write_text(files.configuration(url, PRESENT, folder), encoding="utf-8")
        environment = os.environ | SECRETS | {"TOKENWORTH_CONFIG": str(config)}
        program = [sys.executable, "-m", "dagster_project.cli", *command]
        return subprocess.run(program, env=environment, check=False).returncode  # noqa: S603 - own program


@contextmanager
def vendors(folder: Path) -> Generator[str]:
    """The simulated vendors, as a process of their own; yields their address."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / "server.json"
    ready.unlink(missing_ok=True)
    click.echo("starting the simulated company and its vendors …", err=True)
    serve = [
        sys.executable,
        "-m",
        "ingestion.simulator",
        "serve",
        "--home",
        str(folder),
    ]
    process = subprocess.Popen(serve)  # noqa: S603 - own program
    try:
        yield _address(process, ready)
    finally:
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[bytes], ready: Path) -> str:
    """The server's address once it answers."""
    deadline = time.monotonic() + PATIENCE
    while not ready.exists():
        if process.poll() is not None:
            raise click.ClickException("the simulated vendors ended before they began.")
        if time.monotonic() > deadline:
            raise click.ClickException(f"no simulated vendors after {PATIENCE} s.")
        time.sleep(0.05)
    return json.loads(ready.read_text())["url"]
