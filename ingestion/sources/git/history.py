"""The history of one repository's default branch, as pages for the lake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.page import Page
from ingestion.sources.git.branch import Branch, branch
from ingestion.sources.git.changes import FileChanges
from ingestion.sources.git.commits import commit_authors, commits
from ingestion.sources.git.lineage import Lineage, lineage
from ingestion.sources.git.location import Repository, store
from ingestion.sources.git.process import View


@dataclass(frozen=True)
class History:
    """What is new since the known tip; each iterator can be read once.

    `refs` is the cursor and is read last: it needs what `file_changes` found out.
    `reachable`, after a rewrite, lists every commit that is still there; None means
    that no known commit has gone.
    """

    is_rewritten: bool
    reachable: Sequence[str] | None
    commits: Iterator[Page]
    commit_authors: Iterator[Page]
    file_changes: Iterator[Page]
    refs: Iterator[Page]


def read(
    repository: Repository,
    known_tip: str | None,
    workdir: Path,
    *,
    find_renames: bool = True,
) -> History:
    """The history since `known_tip`, or all of it where that is None or gone.

    `workdir` keeps mirrors and scratch files between runs. Raises BadInput for a path
    that is no whole repository, Unavailable and BadCredentials for a URL.
    """
    place = store(repository, workdir)
    at = branch(place, repository.branch)
    if at.tip is None:
        is_rewritten = known_tip is not None
        empty = iter(())
        reachable = () if is_rewritten else None
        return History(is_rewritten, reachable, empty, empty, empty, empty)
    lines = lineage(place.view, at.tip, known_tip)
    changes = FileChanges(place.view, at.tip, lines.single, find_renames=find_renames)
    return History(
        is_rewritten=lines.is_rewritten,
        reachable=tuple(lines.mainline) if lines.is_rewritten else None,
        commits=commits(place.view, lines),
        commit_authors=commit_authors(place.view, lines),
        file_changes=changes.pages(),
        refs=_refs(place.view, at, lines, changes),
    )


def _refs(
    view: View, at: Branch, lines: Lineage, changes: FileChanges
) -> Iterator[Page]:
    """The one row of `git/refs`."""
    if not changes.is_read:
        raise RuntimeError("refs are the cursor: read file_changes to the end first")
    assert at.tip is not None  # noqa: S101 - only a branch with a tip is read
    yield Page(
        {
            "repository": [view.repository],
            "ref": [at.ref],
            "tip_sha": [at.tip],
            "commits": [int(view.output("rev-list", "--count", at.tip))],
            "is_rewritten": [lines.is_rewritten],
            "unreadable_paths": [len(changes.unreadable)],
        }
    )
