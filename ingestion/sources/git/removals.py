"""Lines that each mainline commit wrote and removed, and who had written those.

One pass over the first-parent history, oldest first; merges count with all they bring.
"""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyarrow ships no types.

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.sources.git.hunks import FORMAT, Commits
from ingestion.sources.git.lines import Lines, Touched
from ingestion.sources.git.paths import PathKinds
from ingestion.sources.git.process import GitFailed, View, label
from ingestion.sources.git.unreadable import UnreadablePaths

FILES_PER_PAGE = 50_000
COMMAND = (
    "log", "--no-walk=unsorted", "--stdin", "--diff-merges=first-parent", "--no-notes",
    "--no-decorate", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
    "--submodule=short", "--full-index", "--find-renames", *FORMAT,
)  # fmt: skip
UNKNOWN_WRITER = "unknown"


class LineRemovals:
    """What the mainline commits after the first `done` of `chain` did to lines.

    `lines` are those that stood then, and at the end those of the last commit, which
    are kept in `folder`. `added_and_removed` can be read once `pages` were (`is_read`).
    """

    def __init__(
        self,
        view: View,
        chain: Sequence[str],
        done: int,
        lines: Lines,
        folder: Path,
        kinds: PathKinds,
        unreadable: UnreadablePaths,
    ) -> None:
        self._view, self._chain, self._done = view, chain, done
        self._folder, self._kinds, self._unreadable = folder, kinds, unreadable
        self._sums: list[pa.Table] = []
        self.lines = lines
        self.is_read = False

    def pages(self) -> Iterator[Page]:
        """Rows of `git/line_removals`; raises BadInput where history cannot be told."""
        if self._done < len(self._chain):
            waiting: list[tuple[int, Touched]] = []
            for number, touched in self._touched():
                waiting += [(number, file) for file in touched]
                if len(waiting) >= FILES_PER_PAGE:
                    yield self._page(waiting)
                    waiting = []
            yield self._page(waiting)
            self.lines.keep(self._folder, self._chain[-1])
        self.is_read = True

    def added_and_removed(self) -> Iterator[Page]:
        """Rows of `git/mainline_lines`."""
        if not self.is_read:
            raise RuntimeError("lines are summed on the way: read line_removals first")
        for sums in self._sums:
            yield Page(
                {
                    "repository": pa.repeat(self._view.repository, sums.num_rows),
                    "mainline_sha": self._shas(sums["mainline"]),
                    "path_kind": sums["path_kind"],
                    "added_lines": sums["added_sum"],
                    "removed_lines": sums["removed_sum"],
                }
            )

    def _touched(self) -> Iterator[tuple[int, list[Touched]]]:
        """The number of each commit, and what it did to each file."""
        numbers = {sha: number for number, sha in enumerate(self._chain)}
        left = self._chain[self._done :]
        while left:
            commits = Commits(self._output(left))
            try:
                for sha, edits in commits.edits():
                    number = numbers[sha]
                    yield number, self.lines.applied(number, edits)
            except GitFailed as failure:
                left = left[left.index(commits.sha or left[0]) :]
                new = self._unreadable.leave_out(failure, left)
                self.lines.forget(new)
            else:
                self._expect(commits.met, len(left))
                left = ()

    def _output(self, commits: Sequence[str]) -> Iterator[bytes]:
        """The edits of `commits` without the paths known to be unreadable."""
        return self._view.blocks(
            *COMMAND, "--", *self._unreadable.pathspecs,
            given="\n".join(commits).encode(),
        )  # fmt: skip

    def _expect(self, seen: int, wanted: int) -> None:
        """Raises BadInput if commits are missing; with paths left out, some may be."""
        if seen != wanted and not self._unreadable.paths:
            raise BadInput(
                label(self._view.repository),
                f"`git log -p` told of {seen} of {wanted} commits.",
                fix="check the repository with `git fsck`.",
            )

    def _page(self, waiting: Sequence[tuple[int, Touched]]) -> Page:
        """Removed lines by commit, writer and kind; sums are set aside on the way."""
        named = self._kinds.of(file.path for _, file in waiting)
        files = pa.table(
            {
                "mainline": pa.array([number for number, _ in waiting], pa.int64()),
                "path_kind": pa.array([kind for _, kind in named], pa.string()),
                "added": pa.array([file.added for _, file in waiting], pa.int64()),
                "removed": pa.array(
                    [len(file.removed) for _, file in waiting], pa.int64()
                ),
            }
        )
        by_kind = files.group_by(["mainline", "path_kind"], use_threads=False)
        self._sums.append(by_kind.aggregate([("added", "sum"), ("removed", "sum")]))
        joined = b"".join(file.removed.tobytes() for _, file in waiting)
        place = np.repeat(np.arange(len(waiting)), files["removed"].to_numpy())
        removed = (
            files.select(["mainline", "path_kind"])
            .take(pa.array(place))
            .append_column("written", pa.array(np.frombuffer(joined, np.int32)))
            .group_by(["mainline", "written", "path_kind"], use_threads=False)
            .aggregate([([], "count_all")])
        )
        return Page(
            {
                "repository": pa.repeat(self._view.repository, removed.num_rows),
                "mainline_sha": self._shas(removed["mainline"]),
                "written_sha": self._shas(removed["written"]),
                "path_kind": removed["path_kind"],
                "removed_lines": removed["count_all"],
            }
        )

    def _shas(self, numbers: pa.ChunkedArray) -> pa.Array:
        """The commits of these numbers; the last place is that of the unknown one."""
        named = pa.array([*self._chain, UNKNOWN_WRITER], pa.string())
        places = numbers.to_numpy()
        return named.take(pa.array(np.where(places < 0, len(self._chain), places)))
