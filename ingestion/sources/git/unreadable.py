"""Paths whose objects are missing or damaged: left out of a read, and counted.

`git log` ends in the middle when it meets such an object, with part of the history
printed. Then the paths of that object are left out from there on.
"""

import os
import re
from collections.abc import Sequence

from ingestion.errors import BadInput
from ingestion.sources.git.process import GitFailed, View, label

MOST = 200  # more paths than this is a partial clone and no damage
_SHA = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b")


class UnreadablePaths:
    """The paths left out so far; one for all reads of a history."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.paths: list[bytes] = []

    @property
    def pathspecs(self) -> list[str]:
        """What keeps Git from these paths."""
        return [f":(exclude,top,literal){os.fsdecode(path)}" for path in self.paths]

    def leave_out(self, failure: GitFailed, commits: Sequence[str]) -> list[bytes]:
        """Adds and returns the paths at which `commits` touch what Git complained of.

        Raises BadInput where no path can be spared, or too many would have to be.
        """
        named = _SHA.findall(failure.complaint)
        found = [path for sha in named for path in self._found(sha, commits)]
        new = list(dict.fromkeys(path for path in found if path not in self.paths))
        if not new:
            raise self._view.unreadable(failure) from None
        self.paths += new
        if len(self.paths) > MOST:
            raise BadInput(
                label(self._view.repository),
                f"more than {MOST} paths have objects that are not here; "
                "this looks like a partial clone.",
                fix="fetch it whole (`git fetch --refetch --no-filter`).",
            ) from None
        return new

    def _found(self, blob: str, commits: Sequence[str]) -> list[bytes]:
        """Paths at which `commits` added, changed or removed `blob`."""
        try:
            output = self._view.output(
                "log", "--no-walk=unsorted", "--stdin", "-z", "--raw", "--no-renames",
                "--diff-merges=first-parent", "--format=", f"--find-object={blob}",
                given="\n".join(commits).encode(),
            )  # fmt: skip
        except GitFailed as failure:
            raise self._view.unreadable(failure) from None
        return output.split(b"\0")[1::2]
