"""The history of one repository's default branch, as pages for the lake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.page import Page
from ingestion.sources.git.branch import Branch, branch
from ingestion.sources.git.changes import FileChanges
from ingestion.sources.git.commits import commit_authors, commits
from ingestion.sources.git.lineage import Lineage, lineage
from ingestion.sources.git.lines import Lines, kept
from ingestion.sources.git.location import Repository, store
from ingestion.sources.git.mailmap import Mailmap
from ingestion.sources.git.paths import PathKinds
from ingestion.sources.git.process import View
from ingestion.sources.git.removals import LineRemovals
from ingestion.sources.git.rules import Rules, rules
from ingestion.sources.git.unreadable import UnreadablePaths


@dataclass(frozen=True)
class History:
    """What is new since the known tip; each iterator can be read once.

    `refs` is the cursor and is read last: it needs what `file_changes` and
    `line_removals` found out; `mainline_lines` needs the latter too.
    `reachable`, after a rewrite, lists every commit that is still there; None means
    that no known commit has gone. With `has_all_lines` the last two tables are those of
    the whole history, and no other row of them is true.
    """

    is_rewritten: bool
    has_all_lines: bool
    reachable: Sequence[str] | None
    commits: Iterator[Page]
    commit_authors: Iterator[Page]
    file_changes: Iterator[Page]
    line_removals: Iterator[Page]
    mainline_lines: Iterator[Page]
    refs: Iterator[Page]


def read(
    repository: Repository,
    known_tip: str | None,
    workdir: Path,
    *,
    known_rules: str | None = None,
    find_renames: bool = True,
) -> History:
    """The history since `known_tip`, or all of it where that is None or gone.

    All of it too if `known_rules`, the rules of the last read, are no longer those in
    force. `workdir` keeps mirrors, lines and scratch files between runs. Raises
    BadInput for a path that is no whole repository, Unavailable and BadCredentials for
    a URL.
    """
    place = store(repository, workdir)
    at = branch(place, repository.branch)
    if at.tip is None:
        is_rewritten = known_tip is not None
        none = iter(())
        reachable = () if is_rewritten else None
        return History(
            is_rewritten, True, reachable, none, none, none, none, none, none
        )
    view = place.view
    ruled = rules(view, at.tip, repository.bots)
    is_valid = known_rules is None or known_rules == ruled.hash
    lines = lineage(view, at.tip, known_tip, is_known_valid=is_valid)
    kinds, unreadable = PathKinds(view, ruled.attributes), UnreadablePaths(view)
    changes = FileChanges(
        view, lines.single, kinds, unreadable, find_renames=find_renames
    )
    folder = workdir / "lines" / repository.name
    standing = kept(folder, None if lines.is_full else known_tip)
    done = 0 if standing is None else lines.chain.index(known_tip or "") + 1
    removals = LineRemovals(
        view, lines.chain, done, standing or Lines(), folder, kinds, unreadable
    )
    mailmap = Mailmap(view, at.tip, is_there=bool(ruled.mailmap))
    return History(
        is_rewritten=lines.is_rewritten,
        has_all_lines=standing is None,
        reachable=tuple(lines.mainline) if lines.is_rewritten else None,
        commits=commits(view, lines),
        commit_authors=commit_authors(view, lines, mailmap, repository.bots),
        file_changes=changes.pages(),
        line_removals=removals.pages(),
        mainline_lines=removals.added_and_removed(),
        refs=_refs(view, at, lines, ruled, unreadable, (changes, removals)),
    )


def _refs(
    view: View,
    at: Branch,
    lines: Lineage,
    ruled: Rules,
    unreadable: UnreadablePaths,
    before: tuple[FileChanges, LineRemovals],
) -> Iterator[Page]:
    """The one row of `git/refs`."""
    if not all(read.is_read for read in before):
        raise RuntimeError(
            "refs are the cursor: read file_changes and line_removals to the end first"
        )
    assert at.tip is not None  # noqa: S101 - only a branch with a tip is read
    yield Page(
        {
            "repository": [view.repository],
            "ref": [at.ref],
            "tip_sha": [at.tip],
            "commits": [int(view.output("rev-list", "--count", at.tip))],
            "is_rewritten": [lines.is_rewritten],
            "unreadable_paths": [len(unreadable.paths)],
            "rules_hash": [ruled.hash],
        }
    )
