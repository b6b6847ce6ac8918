"""Git as a child process: its environment, its output as a stream, its failures.

Reading happens in an empty bare repository of ours (a *view*) whose object folder is
the repository's. So neither the configuration of the machine nor that of the repository
changes a figure or starts a program, and nothing is written to what is read.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingestion.errors import BadInput, Misconfigured

BLOCK = 1 << 20  # bytes read from a pipe at once
LONGEST_REASON = 300  # characters of Git's own words
# What must not differ between machines.
HERMETIC = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
SETTINGS = (
    "diff.renames=true",
    "diff.renameLimit=10000",
    "diff.algorithm=myers",
    "core.quotepath=off",
    "core.attributesFile=/dev/null",
    "log.showSignature=false",
    "log.showRoot=true",
    "i18n.logOutputEncoding=UTF-8",
    "color.ui=never",
    "protocol.ext.allow=never",
    "init.defaultBranch=main",
)
GIT = ("git", "--no-pager", *(part for one in SETTINGS for part in ("-c", one)))


class GitFailed(Exception):
    """Git ended with an error; `complaint` is what it wrote about it."""

    def __init__(self, complaint: str) -> None:
        super().__init__(complaint)
        self.complaint = complaint.strip()

    @property
    def reason(self) -> str:
        """What it wrote, in one line of bearable length."""
        said = "; ".join(self.complaint.splitlines()) or "Git gave no reason"
        return said if len(said) <= LONGEST_REASON else f"{said[:LONGEST_REASON]}…"


def label(repository: str) -> str:
    """How errors name a repository."""
    return f"git repository {repository}"


def inherited() -> dict[str, str]:
    """This process's environment without what points Git at another repository."""
    return {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}


def started(
    command: Sequence[str], environment: Mapping[str, str], given: IO[bytes] | None,
    complaints: IO[bytes], is_detached: bool = False,
) -> "subprocess.Popen[bytes]":  # fmt: skip
    """`command` as a running process; raises Misconfigured where Git is missing.

    Without a terminal (`is_detached`) no credential program can stop and ask.
    """
    try:
        return subprocess.Popen(  # noqa: S603 - a list, never a shell
            command,
            stdin=given or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=dict(environment),
            start_new_session=is_detached,
        )
    except FileNotFoundError:
        raise Misconfigured(
            "git",
            "there is no `git` program on the PATH.",
            fix="install Git 2.31 or newer.",
        ) from None


def blocks(
    command: Sequence[str],
    environment: Mapping[str, str],
    given: bytes = b"",
    *,
    is_detached: bool = False,
) -> Iterator[bytes]:
    """What `command` writes, in blocks; raises GitFailed at the end if it failed."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as complaints:
        source.write(given)
        source.seek(0)
        with started(command, environment, source, complaints, is_detached) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            is_read = False
            try:
                while block := process.stdout.read(BLOCK):
                    yield block
                is_read = True
            finally:
                if not is_read:
                    process.kill()
        if process.returncode:
            complaints.seek(0)
            raise GitFailed(complaints.read().decode("utf-8", "replace"))


@dataclass(frozen=True)
class View:
    """The objects of one repository, read through an empty repository of ours."""

    repository: str
    folder: Path
    objects: Path

    def blocks(self, *arguments: str, given: bytes = b"") -> Iterator[bytes]:
        """What Git writes, in blocks; raises GitFailed at the end if it failed."""
        environment = {
            **inherited(),
            **HERMETIC,
            "GIT_DIR": str(self.folder),
            "GIT_OBJECT_DIRECTORY": str(self.objects),
            "GIT_INDEX_FILE": str(self.folder / "attributes.index"),
        }
        return blocks([*GIT, *arguments], environment, given)

    def output(self, *arguments: str, given: bytes = b"") -> bytes:
        """All that Git writes; raises GitFailed."""
        return b"".join(self.blocks(*arguments, given=given))

    def unreadable(self, failure: GitFailed) -> BadInput:
        """The error for objects without which history cannot be told."""
        return BadInput(
            label(self.repository),
            f"its history cannot be read: {failure.reason}.",
            fix="fetch it whole again (`git fetch --refetch`), or clone it anew.",
        )
