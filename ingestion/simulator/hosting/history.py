"""The commits behind a repository's changes, read from the repository itself."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ingestion.simulator import repository, timeline
from ingestion.simulator.company import Company

_STEP = "--format=%x01%H%x00%P"
_COMMIT = "--format=%H%x00%P%x00%ae%x00%an%x00%at"


@dataclass(frozen=True)
class Commit:
    """A commit of a branch: who wrote it, and when by their own clock."""

    sha: str
    email: str
    name: str
    authored_ms: int


@dataclass(frozen=True)
class Step:
    """A change as the repository has it; `branch` is what a merge brought in."""

    sha: str
    added: int
    deleted: int
    files: int
    branch: tuple[Commit, ...]


@lru_cache(maxsize=16)
def steps(company: Company, name: str) -> tuple[Step, ...]:
    """A step a change of the repository, in their order, to the end of time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        end = timeline.midnight_ms(timeline.DAYS)
        repository.write(company.seed, company.changes, name, path, end)
        return _read(path)


def _read(path: Path) -> tuple[Step, ...]:
    log = _git(path, "log", "--first-parent", "--diff-merges=first-parent",
               "--reverse", "-M", "--numstat", _STEP, "main")  # fmt: skip
    written = dict(_written(path))
    found: list[Step] = []
    for record in log.split("\x01")[1:]:
        head, *lines = record.strip("\n").split("\n")
        sha, _, parents = head.partition("\0")
        counts = [line.split("\t")[:2] for line in lines if line]
        sizes = [(int(a), int(d)) for a, d in counts if a != "-"]
        added, deleted = (sum(size[n] for size in sizes) for n in (0, 1))
        branch = tuple(_branch(written, *parents.split()))
        found.append(Step(sha, added, deleted, len(counts), branch))
    return tuple(found[1:])  # the first commit is no change


def _written(path: Path) -> Iterator[tuple[str, tuple[str, Commit]]]:
    """Each commit by its name, with its first parent."""
    for line in _git(path, "log", _COMMIT, "main").splitlines():
        sha, parents, email, name, at = line.split("\0")
        yield sha, (parents.partition(" ")[0], Commit(sha, email, name, 1000 * int(at)))


def _branch(
    written: Mapping[str, tuple[str, Commit]], first: str = "", merged: str = ""
) -> list[Commit]:
    """The commits that a merge brought in, oldest first; none if it is no merge."""
    found: list[Commit] = []
    while merged not in (first, ""):
        parent, commit = written[merged]
        found.insert(0, commit)
        merged = parent
    return found


def _git(path: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - a fixed command
        ["git", "-C", str(path), *arguments],  # noqa: S607 - found on the path
        check=True,
        env=repository.environment(),
        capture_output=True,
    )
    return done.stdout.decode("utf-8", "replace")
