"""Lines changed per file, from `git log --numstat`.

`git log` ends in the middle when an object is missing or damaged, with part of the
history printed. Then the paths of that object are left out from there on, and counted.
"""

import os
import re
from collections.abc import Iterator, Sequence

from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.sources.git.numstat import FileRows, Numstat
from ingestion.sources.git.paths import PathKinds
from ingestion.sources.git.process import GitFailed, View, label
from ingestion.sources.git.text import text

MOST_UNREADABLE = 200  # more paths than this is a partial clone and no damage
COMMAND = (
    "log", "--no-walk=unsorted", "--stdin", "-z", "--no-notes", "--no-decorate",
    "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
)  # fmt: skip
_SHA = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b")


class FileChanges:
    """The file changes of `commits`, none of them a merge, in the order given.

    `unreadable` is complete once `pages` were read to their end (`is_read`).
    """

    def __init__(
        self, view: View, tip: str, commits: Sequence[str], *, find_renames: bool = True
    ) -> None:
        self._view, self._tip, self._commits = view, tip, commits
        self._renames = "--find-renames" if find_renames else "--no-renames"
        self.unreadable: list[bytes] = []
        self.is_read = False

    def pages(self) -> Iterator[Page]:
        """Rows of `git/file_changes`; raises BadInput where no path can be spared."""
        left = self._commits
        kinds = PathKinds(self._view, self._tip)
        while left:
            numstat = Numstat(self._output(left))
            try:
                for rows in numstat.rows():
                    yield self._page(rows, kinds)
            except GitFailed as failure:
                yield self._page(numstat.whole_commits(), kinds)
                left = left[left.index(numstat.sha or left[0]) :]
                self._leave_out(failure, left)
            else:
                self._expect(numstat.commits, len(left))
                left = ()
        self.is_read = True

    def _output(self, commits: Sequence[str]) -> Iterator[bytes]:
        """Numstat of `commits` without the paths known to be unreadable."""
        spared = [f":(exclude,top,literal){os.fsdecode(p)}" for p in self.unreadable]
        return self._view.blocks(
            *COMMAND, "--numstat", self._renames, "--format=%x01%H", "--", *spared,
            given="\n".join(commits).encode(),
        )  # fmt: skip

    def _leave_out(self, failure: GitFailed, left: Sequence[str]) -> None:
        """Adds the paths of the objects Git complained of; raises if there are none."""
        named = _SHA.findall(failure.complaint)
        found = [path for sha in named for path in self._paths(sha, left)]
        new = dict.fromkeys(path for path in found if path not in self.unreadable)
        if not new:
            raise self._view.unreadable(failure) from None
        self.unreadable += new
        if len(self.unreadable) > MOST_UNREADABLE:
            raise BadInput(
                label(self._view.repository),
                f"more than {MOST_UNREADABLE} paths have objects that are not here; "
                "this looks like a partial clone.",
                fix="fetch it whole (`git fetch --refetch --no-filter`).",
            ) from None

    def _paths(self, blob: str, commits: Sequence[str]) -> list[bytes]:
        """Paths at which `commits` added, changed or removed `blob`."""
        try:
            output = self._view.output(
                *COMMAND, "--raw", "--no-renames", "--format=", f"--find-object={blob}",
                given="\n".join(commits).encode(),
            )  # fmt: skip
        except GitFailed as failure:
            raise self._view.unreadable(failure) from None
        return output.split(b"\0")[1::2]

    def _expect(self, seen: int, wanted: int) -> None:
        """Raises BadInput if commits are missing; with paths left out, some may be."""
        if seen != wanted and not self.unreadable:
            raise BadInput(
                label(self._view.repository),
                f"`git log --numstat` told of {seen} of {wanted} commits.",
                fix="check the repository with `git fsck`.",
            )

    def _page(self, rows: FileRows, kinds: PathKinds) -> Page:
        named = kinds.of(rows.paths)
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
