"""Writes the planned changes as a real bare Git repository, through fast-import."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from ingestion.simulator import timeline
from ingestion.simulator.change import Author, Change
from ingestion.simulator.edits import START, Edits, is_merged
from ingestion.simulator.messages import merge_message, message, subject
from ingestion.simulator.organisation import CI_EMAIL
from ingestion.simulator.worktree import Edit, joined

BRANCH = "refs/heads/main"
_WORK = "refs/heads/work"
_HOST = "GitHub <noreply@github.com>"
_CI = Author(None, "works-ci", CI_EMAIL, 0)
_START_MS = timeline.midnight_ms(-3)


def write(
    seed: int, changes: Sequence[Change], name: str, path: Path, present_ms: int
) -> None:
    """One repository with every change merged until `present_ms`, at a new `path`."""
    wanted = [c for c in changes if c.repository == name and c.merged_ms <= present_ms]
    _git("init", "--quiet", "--bare", "--initial-branch=main", str(path))
    command = ["git", "-C", str(path), "-c", "core.compression=1", "fast-import",
               "--quiet", "--done"]  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("git fast-import was started without pipes")
        Import(seed, name, wanted, process.stdin, process.stdout).run()
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"git fast-import failed on the repository {name}")
    _git("-C", str(path), "update-ref", "-d", _WORK)


class Import:
    """One run of fast-import: marks are small integers, content is sent once."""

    def __init__(
        self,
        seed: int,
        name: str,
        changes: Sequence[Change],
        given: IO[bytes],
        answers: IO[bytes],
    ) -> None:
        self._edits = Edits(seed, name, changes)
        self._changes, self._given, self._answers = changes, given, answers
        self._marks: dict[int, int] = {}
        self._mark = self._tip = 0
        self._merger = _CI

    def run(self) -> None:
        """Sends the whole history."""
        self._tip = self._commit(_CI, _START_MS, _START_MS, "Initial import\n", START)
        for change in self._changes:
            edits = self._edits.of(change)
            if is_merged(change):
                self._merge(change, edits)
            else:
                ((_, edit),) = edits
                self._tip = self._commit(
                    change.author, change.authored_ms, change.merged_ms,
                    self._message(change), edit, parent=self._tip,
                )  # fmt: skip
            self._marks[change.number] = self._tip
        self._unmerged()
        self._given.write(b"done\n")

    def _message(self, change: Change) -> str:
        if change.reverts is None:
            return message(change)
        undone = subject(self._target(change))
        return message(change, (self._sha(change.reverts), undone))

    def _merge_message(self, change: Change) -> str:
        title = subject(change)
        if change.reverts is not None:
            title = f'Revert "{subject(self._target(change))}"'
        return merge_message(change, title)

    def _target(self, change: Change) -> Change:
        return next(c for c in self._changes if c.number == change.reverts)

    def _merge(self, change: Change, edits: list[tuple[Author, Edit]]) -> None:
        """A branch of one to three commits, and the merge that brings it in."""
        tip = self._tip
        for step, (author, edit) in enumerate(edits):
            text = f"{subject(change)}, part 2\n" if step else self._message(change)
            authored = change.authored_ms + step * 600_000
            # Branches are rebased just before they are merged.
            at = change.merged_ms - (len(edits) - step) * 300_000
            tip = self._commit(author, authored, at, text, edit, parent=tip, ref=_WORK)
        merger = self._merger if change.number % 5 < 2 else change.author
        together = joined([edit for _, edit in edits])
        self._tip = self._commit(
            merger, change.merged_ms, change.merged_ms, self._merge_message(change),
            together, parent=self._tip, merged=tip,
        )  # fmt: skip
        self._merger = change.author

    def _unmerged(self) -> None:
        """A branch that never reached the default branch and counts for nothing."""
        edit = self._edits.unmerged()
        at = self._changes[-1].merged_ms if self._changes else _START_MS
        self._commit(_CI, at, at, "Try something\n", edit, parent=self._tip,
                     ref="refs/heads/feature/unmerged")  # fmt: skip

    def _commit(
        self,
        author: Author,
        authored_ms: int,
        committed_ms: int,
        text: str,
        edit: Edit,
        *,
        parent: int = 0,
        merged: int = 0,
        ref: str = BRANCH,
    ) -> int:
        """The mark of a new commit."""
        self._mark += 1
        is_own = author is _CI or ref == _WORK
        committer = f"{author.name} <{author.email}>" if is_own else _HOST
        body = text.encode()
        lines = [
            f"commit {ref}",
            f"mark :{self._mark}",
            f"author {author.name} <{author.email}> {_when(authored_ms, author)}",
            f"committer {committer} {committed_ms // 1000} +0000",
            f"data {len(body)}",
        ]
        self._given.write("\n".join(lines).encode() + b"\n" + body + b"\n")
        if parent:
            self._given.write(b"from :%d\n" % parent)
        if merged:
            self._given.write(b"merge :%d\n" % merged)
        self._changed_files(edit)
        return self._mark

    def _changed_files(self, edit: Edit) -> None:
        for old, _ in edit.renames:
            self._given.write(b"D %b\n" % old.encode())
        for path, content in edit.contents.items():
            header = b"M 100644 inline %b\ndata %d\n" % (path.encode(), len(content))
            self._given.write(header + content + b"\n")

    def _sha(self, number: int) -> str:
        self._given.write(b"get-mark :%d\n" % self._marks[number])
        self._given.flush()
        return self._answers.readline().decode().strip()


def _when(milliseconds: int, author: Author) -> str:
    hours, minutes = divmod(abs(author.offset_minutes), 60)
    sign = "-" if author.offset_minutes < 0 else "+"
    return f"{milliseconds // 1000} {sign}{hours:02d}{minutes:02d}"


def _git(*arguments: str) -> None:
    subprocess.run(  # noqa: S603 - a fixed command
        ["git", *arguments],  # noqa: S607 - Git is found where the machine has it
        check=True, env=_environment(), capture_output=True,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """Only the search path: no setting of this machine may change a commit."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LC_ALL": "C",
    }
