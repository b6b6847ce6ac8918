"""The Dagster UI over the workspace."""

import subprocess
import sys

from dagster_project.workspace import PROJECT, Workspace


def serve(found: Workspace, port: int) -> int:
    """Run `dagster dev` until it is stopped; returns its exit code."""
    found.prepare()
    command = [
        sys.executable, "-m", "dagster", "dev",
        "--workspace", str(PROJECT / "workspace.yaml"), "--port", str(port),
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=PROJECT)  # noqa: S603 - fixed command
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        return process.wait()
