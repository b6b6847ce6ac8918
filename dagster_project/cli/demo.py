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
import yaml

from dagster_project.workspace import Workspace

PATIENCE = 120  # seconds until the company is generated and served
SECRETS = {
    "ANTHROPIC_ADMIN_KEY": "sk-ant-admin01-demo",
    "JIRA_EMAIL": "tokenworth@demo.example",
    "JIRA_API_TOKEN": "demo-token",
}


def with_vendors(found: Workspace, command: Sequence[str]) -> int:
    """Run `command` in the demo's workspace; returns its exit code."""
    folder = found.home / "demo"
    with vendors(folder) as url:
        config = found.home / "tokenworth.yaml"
        config.write_text(yaml.safe_dump(_configuration(folder, url), sort_keys=False))
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


def _configuration(folder: Path, url: str) -> dict[str, object]:
    """The demo's `tokenworth.yaml`: everything connected, persons shown."""
    entities = sorted((folder / "company").glob("entities.json"))
    named = json.loads(entities[0].read_text()) if entities else []
    return {
        "present": "2027-02-05T06:00:00Z",
        "organisation": {
            "name": "Demo company (simulated)",
            "time_zone": "Europe/Berlin",
            "outcomes_start": "2025-01-01",
            "contact": "the data steward, steward@demo.example",
            "entities": [
                {
                    "entity": entity,
                    "mode": "person",
                    "notice_ref": "notice-2026-01",
                    "agreement_ref": "agreement-2026-01",
                    "dpia_ref": "dpia-2026-01",
                }
                for entity in named
            ],
        },
        "people": {"folder": str(folder / "company")},
        "sources": {
            "anthropic": {"base_url": f"{url}/anthropic", "starts_on": "2026-01-01"},
            "jira": [{"site": "demo", "base_url": f"{url}/jira"}],
            "git": {
                "repositories": [
                    {"repository": path.stem, "location": str(path)}
                    for path in sorted((folder / "repositories").glob("*.git"))
                ]
            },
        },
    }
