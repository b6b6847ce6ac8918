"""A mirror of a remote repository: cloned once, brought up to date at each pull.

Here the machine's own Git configuration applies, since proxies, certificates and
credential helpers live in it. It cannot change what a commit holds.
"""

import os
import re
import shutil
from pathlib import Path

from ingestion.errors import BadCredentials, BadInput, SourceError, Unavailable
from ingestion.sources.git.process import GitFailed, blocks, inherited, label

NETWORK = (
    "git",
    "-c", "protocol.ext.allow=never",
    "-c", "http.lowSpeedLimit=1000",
    "-c", "http.lowSpeedTime=60",
    "-c", "gc.auto=0",
)  # fmt: skip
# How credentials reach Git without being written down.
_CREDENTIALS = ("GIT_ASKPASS", "GIT_SSH", "GIT_CONFIG_", "GIT_SSL_", "GIT_PROXY_")
_USER = re.compile(r"//[^/\s@]+@")
_REFUSED = (
    "Authentication failed", "could not read Username", "could not read Password",
    "Permission denied", "HTTP 401", "returned error: 401", "returned error: 403",
)  # fmt: skip
_ABSENT = (
    "not found", "does not exist", "does not appear to be a git repository",
    "transport 'ext' not allowed", "is not a git command", "no matching remote helper",
)  # fmt: skip


def refreshed(name: str, url: str, folder: Path) -> Path:
    """The bare mirror of `url`, as of now; raises by what would help."""
    mirror = folder / f"{name}.git"
    partial = folder / f"{name}.partial"
    shutil.rmtree(partial, ignore_errors=True)  # of a clone that was killed
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if mirror.exists():
            _run("-C", str(mirror), "remote", "set-url", "origin", url)
            _run("-C", str(mirror), "remote", "update", "--prune")
        else:
            _run(
                "clone", "--quiet", "--mirror", "--template=", "--",
                url, str(partial.absolute()),
            )  # fmt: skip
            os.replace(partial, mirror)
    except GitFailed as failure:
        raise _error(name, failure.complaint) from None
    return mirror


def _run(*arguments: str) -> None:
    """Runs Git without a terminal, with the machine's configuration."""
    credentials = {
        key: value for key, value in os.environ.items() if key.startswith(_CREDENTIALS)
    }
    environment = {
        **inherited(), **credentials, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    }  # fmt: skip
    for _ in blocks([*NETWORK, *arguments], environment, is_detached=True):
        pass


def _error(name: str, complaint: str) -> SourceError:
    """The error for what Git complained of."""
    lines = [line for line in complaint.splitlines() if "fatal" in line] or [complaint]
    problem = f"it cannot be cloned or updated: {_USER.sub('//', lines[0])}."
    if any(sign in complaint for sign in _REFUSED):
        return BadCredentials(
            label(name),
            problem,
            fix="give the machine's Git a credential that may read it (a credential "
            "helper, GIT_ASKPASS or an SSH key).",
        )
    if any(sign in complaint for sign in _ABSENT):
        return BadInput(
            label(name),
            problem,
            fix="correct its location; many hosts also say this to who may not see it.",
        )
    return Unavailable(
        label(name), problem, fix="check the network to that host, then run again."
    )
