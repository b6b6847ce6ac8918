"""A mirror of a remote repository: cloned once, brought up to date at each pull.

Here the machine's own Git configuration applies, since proxies, certificates and
credential helpers live in it. It cannot change what a commit holds.
"""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from ingestion.errors import (
    BadCredentials,
    BadInput,
    Misconfigured,
    SourceError,
    Unavailable,
)
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
    _refuse_secrets(name, url)
    mirror = folder / f"{name}.git"
    partial = folder / f"{name}.partial"
    if not mirror.exists():
        shutil.rmtree(partial, ignore_errors=True)  # of a clone that was killed
        folder.mkdir(parents=True, exist_ok=True)
        _run(name, "clone", "--quiet", "--mirror", "--template=", "--", url,
             str(partial.absolute()))  # fmt: skip
        os.replace(partial, mirror)
        return mirror
    _run(name, "-C", str(mirror), "remote", "set-url", "origin", url)
    _run(name, "-C", str(mirror), "remote", "update", "--prune")
    return mirror


def reach(name: str, url: str) -> None:
    """Asks `url` for its refs; raises as a clone would."""
    _refuse_secrets(name, url)
    _run(name, "ls-remote", "--quiet", "--", url, "HEAD")


def _run(name: str, *arguments: str) -> None:
    """Runs Git without a terminal, with the machine's configuration."""
    credentials = {
        key: value for key, value in os.environ.items() if key.startswith(_CREDENTIALS)
    }
    environment = {
        **inherited(), **credentials, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    }  # fmt: skip
    try:
        for _ in blocks([*NETWORK, *arguments], environment, is_detached=True):
            pass
    except GitFailed as failure:
        raise _error(name, failure.complaint) from None


def _refuse_secrets(name: str, url: str) -> None:
    """Raises Misconfigured if the URL holds a credential, without repeating it."""
    try:
        parts = urlsplit(url)
        has_secret = "@" in parts.netloc and (
            parts.password is not None or parts.scheme.startswith("http")
        )
    except ValueError:
        has_secret = True  # what cannot be taken apart is not repeated either
    if has_secret:
        raise Misconfigured(
            label(name),
            "its URL holds a user name or password, which would end in logs.",
            fix="remove it from the URL and use a Git credential helper, or "
            "http.extraHeader through GIT_CONFIG_COUNT, in the environment.",
            field="location",
        )


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
