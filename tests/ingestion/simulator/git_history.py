"""A repository's default branch, read with plain Git for comparison."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CO_AUTHOR = re.compile(r"(?im)^\s*co-authored-by:\s*.+?\s*<([^>]+)>")
_FORMAT = "%x01%H%x02%P%x02%an%x02%ae%x02%cn%x02%B%x02"


@dataclass
class Commit:
    """A commit with its message and numstat."""

    sha: str
    parents: list[str]
    name: str
    email: str
    committer: str
    message: str
    files: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """Lines added and deleted in text files."""
        pairs = ((added, deleted) for added, deleted, _ in self.files)
        return sum(int(a) + int(d) for a, d in pairs if a != "-")

    @property
    def co_authors(self) -> list[str]:
        """E-mails of all co-author lines of the whole message."""
        return CO_AUTHOR.findall(self.message)


def git(path: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(path), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def history(path: Path) -> dict[str, Commit]:
    """All commits of the default branch by sha, newest first."""
    output = git(path, "-c", "core.quotepath=off", "log", "main", "--numstat", "-M",
                 f"--format={_FORMAT}")  # fmt: skip
    found: dict[str, Commit] = {}
    for part in output.split("\x01")[1:]:
        sha, parents, name, email, committer, message, files = part.split("\x02")
        commit = Commit(sha, parents.split(), name, email, committer, message)
        commit.files = [
            (a, d, p)
            for a, d, p in (line.split("\t") for line in files.split("\n") if line)
        ]
        found[sha] = commit
    return found


def mainline(path: Path, commits: dict[str, Commit]) -> list[Commit]:
    """The first-parent commits, oldest first, without the initial one."""
    shas = git(path, "rev-list", "--first-parent", "--reverse", "main").split()
    return [commits[sha] for sha in shas[1:]]


def brought(step: Commit, commits: dict[str, Commit]) -> Iterator[Commit]:
    """The commits that a step of the mainline brought: itself, or its branch."""
    if len(step.parents) < 2:
        yield step
        return
    base, sha = step.parents
    while sha != base:
        yield commits[sha]
        sha = commits[sha].parents[0]
