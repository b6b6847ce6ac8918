"""Lines changed per file, from `git log --numstat`."""

from collections.abc import Iterator, Sequence

from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.sources.git.numstat import FileRows, Numstat
from ingestion.sources.git.paths import PathKinds
from ingestion.sources.git.process import GitFailed, View, label
from ingestion.sources.git.text import text
from ingestion.sources.git.unreadable import UnreadablePaths

COMMAND = (
    "log", "--no-walk=unsorted", "--stdin", "-z", "--no-notes", "--no-decorate",
    "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
)  # fmt: skip


class FileChanges:
    """The file changes of `commits`, none of them a merge, in the order given.

    What they cannot read is added to `unreadable`; they are read to their end once
    `is_read`.
    """

    def __init__(
        self,
        view: View,
        commits: Sequence[str],
        kinds: PathKinds,
        unreadable: UnreadablePaths,
        *,
        find_renames: bool = True,
    ) -> None:
        self._view, self._commits, self._kinds = view, commits, kinds
        self._renames = "--find-renames" if find_renames else "--no-renames"
        self._unreadable = unreadable
        self.is_read = False

    def pages(self) -> Iterator[Page]:
        """Rows of `git/file_changes`; raises BadInput where no path can be spared."""
        left = self._commits
        while left:
            numstat = Numstat(self._output(left))
            try:
                for rows in numstat.rows():
                    yield self._page(rows)
            except GitFailed as failure:
                yield self._page(numstat.whole_commits())
                left = left[left.index(numstat.sha or left[0]) :]
                self._unreadable.leave_out(failure, left)
            else:
                self._expect(numstat.commits, len(left))
                left = ()
        self.is_read = True

    def _output(self, commits: Sequence[str]) -> Iterator[bytes]:
        """Numstat of `commits` without the paths known to be unreadable."""
        return self._view.blocks(
            *COMMAND, "--numstat", self._renames, "--format=%x01%H", "--",
            *self._unreadable.pathspecs,
            given="\n".join(commits).encode(),
        )  # fmt: skip

    def _expect(self, seen: int, wanted: int) -> None:
        """Raises BadInput if commits are missing; with paths left out, some may be."""
        if seen != wanted and not self._unreadable.paths:
            raise BadInput(
                label(self._view.repository),
                f"`git log --numstat` told of {seen} of {wanted} commits.",
                fix="check the repository with `git fsck`.",
            )

    def _page(self, rows: FileRows) -> Page:
        named = self._kinds.of(rows.paths)
        return Page(
            {
                "repository": [self._view.repository] * len(rows.shas),
                "commit_sha": rows.shas,
                "change_ordinal": rows.ordinals,
                "path": [path for path, _ in named],
                "old_path": [None if p is None else text(p) for p in rows.old_paths],
                "added_lines": rows.added,
                "deleted_lines": rows.deleted,
                "path_kind": [kind for _, kind in named],
            }
        )
