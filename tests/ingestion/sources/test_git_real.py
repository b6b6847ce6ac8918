"""A real repository, named by TOKENWORTH_REAL_REPOSITORY, read whole and in steps."""

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pygit2
import pytest

from tests.ingestion.sources.line_oracle import differing, git, ours, text_files
from tests.ingestion.sources.made_repository import Tables, tables

SAMPLE = 150  # files whose every line is compared with Git's blame
STEP = 40  # commits that come later


@pytest.fixture(scope="module")
def real() -> Path:
    """The repository; nothing is written to it."""
    location = os.environ.get("TOKENWORTH_REAL_REPOSITORY")
    if not location:
        pytest.skip("TOKENWORTH_REAL_REPOSITORY names no repository")
    return Path(location)


@pytest.fixture(scope="module")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def whole(real: Path, workdir: Path) -> Tables:
    return tables(real, workdir)


def totals(folder: Path) -> tuple[int, int]:
    """(added, deleted) over all commits that are no merge, by libgit2."""
    repository = pygit2.Repository(str(folder))
    added = deleted = 0
    for commit in repository.walk(repository.head.target):
        if len(commit.parents) > 1:
            continue
        if commit.parents:
            diff = repository.diff(commit.parents[0], commit)
        else:
            diff = commit.tree.diff_to_tree(swap=True)
        added, deleted = added + diff.stats.insertions, deleted + diff.stats.deletions
    return added, deleted


def test_totals_equal_libgit2(real: Path, tmp_path: Path) -> None:
    rows = tables(real, tmp_path, find_renames=False).file_changes
    added = sum(row["added_lines"] or 0 for row in rows)
    deleted = sum(row["deleted_lines"] or 0 for row in rows)
    print(f"{added:,} lines added, {deleted:,} deleted")
    assert (added, deleted) == totals(real)


def test_writers_of_lines_equal_blame(
    real: Path, workdir: Path, whole: Tables
) -> None:
    """Text files, all or a sample; moved files with a twin are told apart by no one.

    Where one of several identical files is moved, Git's log says which became which
    and its blame looks at each alone; such lines are counted and printed.
    """
    assert whole.history.has_all_lines
    paths = text_files(real)
    random.Random(1).shuffle(paths)  # noqa: S311 - no secret, and the same each time
    writers = ours(real, workdir, "made")
    found = list(differing(real, writers, paths[:SAMPLE]))
    unlike = {path: lines for path, _, lines in found if lines}
    compared = sum(lines for _, lines, _ in found)
    print(f"{compared:,} lines of {len(found)} files, {unlike or 'none'} unlike blame")
    assert set(unlike) <= set(twins(real, unlike))


def twins(folder: Path, paths: dict[bytes, int]) -> Iterator[bytes]:
    """Those paths that came into being beside a file with the same content."""
    for path in paths:
        born = git(folder, "log", "--first-parent", "--diff-filter=A", "--format=%H",
                   "-1", "HEAD", "--", path).decode().strip()  # fmt: skip
        rows = git(folder, "diff-tree", "-r", "-z", "--no-renames", "--no-commit-id",
                   "--root", born).split(b"\0")  # fmt: skip
        blobs = {
            name: meta.split()[3] for meta, name in zip(rows[::2], rows[1::2], strict=False)
        }
        if Counter(blobs.values())[blobs[path]] > 1:
            yield path


def test_lines_that_steps_remove_add_up(whole: Tables) -> None:
    by_commit = Counter[str]()
    for row in whole.line_removals:
        by_commit[row["mainline_sha"]] += row["removed_lines"]
    sums = Counter[str]()
    for row in whole.mainline_lines:
        sums[row["mainline_sha"]] += row["removed_lines"]
    assert +by_commit == +sums


@pytest.fixture(scope="module")
def clone(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of our own, set back by some commits."""
    folder = tmp_path_factory.mktemp("clone") / "clone"
    git(real, "clone", "-q", "--no-hardlinks", str(real), str(folder))
    git(folder, "reset", "-q", "--hard", f"HEAD~{STEP}")
    return folder


def test_reading_in_steps_equals_reading_at_once(
    real: Path, clone: Path, tmp_path: Path
) -> None:
    """New commits, a rename, a force push and what comes after it."""
    steps, known = Steps(clone, tmp_path / "steps"), git(real, "rev-parse", "HEAD")
    steps.read()
    git(clone, "merge", "-q", "--ff-only", known.decode().strip())
    steps.read()
    steps.check(tmp_path / "whole 1")

    moved = next(p for p in text_files(clone) if b"/" in p and p.endswith(b".py"))
    git(clone, "mv", moved, moved + b".moved")
    steps.edit(moved + b".moved")
    steps.read()
    steps.check(tmp_path / "whole 2")

    git(clone, "reset", "-q", "--hard", "HEAD~3")
    steps.edit(moved)
    steps.read()
    steps.check(tmp_path / "whole 3")


class Steps:
    """Rows of lines as the lake has them after each read of a clone."""

    def __init__(self, clone: Path, workdir: Path) -> None:
        self._clone, self._workdir = clone, workdir
        self._tip: str | None = None
        self._rules: str | None = None
        self._tables: list[set[tuple[object, ...]]] = [set(), set()]

    def read(self) -> None:
        """What is new, on top of what was there; a whole read replaces all."""
        found = tables(
            self._clone, self._workdir, self._tip, known_rules=self._rules
        )
        rows = _rows(found)
        if not found.history.has_all_lines:
            rows = [old | new for old, new in zip(self._tables, rows, strict=True)]
        self._tables = rows
        (ref,) = found.refs
        self._tip, self._rules = ref["tip_sha"], ref["rules_hash"]

    def check(self, workdir: Path) -> None:
        """The same rows as from a read at once."""
        assert self._tables == _rows(tables(self._clone, workdir))
        shutil.rmtree(workdir)

    def edit(self, path: bytes) -> None:
        """A commit that changes a file here and there."""
        file = Path(os.fsdecode(os.fsencode(self._clone) + b"/" + path))
        old = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"# first\n" + b"".join(old[: len(old) // 2] + old[-3:]))
        git(self._clone, "-c", "user.name=A", "-c", "user.email=a@people.example",
            "commit", "-q", "-a", "-m", "edit")  # fmt: skip


def _rows(found: Tables) -> list[set[tuple[object, ...]]]:
    both = (found.line_removals, found.mainline_lines)
    return [{tuple(row.values()) for row in table} for table in both]
