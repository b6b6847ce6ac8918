"""Pulls that are killed: run as a program, it kills one pull per step of its work.

`dying_pulls.py <folder>` expects a copy of one lake in `<folder>/0`, `<folder>/1`, …
In copy n a pull is killed at its n-th change of the storage, half-way through where
bytes are written. It prints, per copy, whether the pull was killed or came to its end.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from small_tables import MEMBERS, SPEND, Hand, days, members_page, spend_page

from ingestion.lake import Lake
from ingestion.lake.storage import LocalStorage

ROWS = [(0, "ann", 1), (1, "ann", 2), (2, "ann", 3)]
REVISED = [(1, "ann", 9), (2, "ann", 3), (3, "bob", 4)]


class DyingStorage(LocalStorage):
    """Storage whose process is killed at the n-th change."""

    def __init__(self, root: str, steps: int) -> None:
        super().__init__(root)
        self._steps = steps

    def _step(self, last: Callable[[], object] = lambda: None) -> None:
        if self._steps == 0:
            last()
            os.kill(os.getpid(), signal.SIGKILL)
        self._steps -= 1

    def write(self, path: str, data: bytes) -> None:
        self._step(lambda: LocalStorage.write(self, path, data[: len(data) // 2]))
        super().write(path, data)

    def move(self, source: str, target: str) -> None:
        self._step()
        super().move(source, target)

    def remove(self, path: str) -> None:
        self._step()
        super().remove(path)


def pull_days(lake: Lake) -> None:
    """The pull that is killed: one day revised, one cleared, one new, one the same."""
    pages = [spend_page(REVISED[:1], b"first"), spend_page(REVISED[1:], b"second")]
    lake.replace_days(SPEND, days(0, 3), pages)


def pull_members(lake: Lake) -> None:
    """The pull of an entity table that is killed: one comes, one goes."""
    lake.merge(MEMBERS, [members_page("bob", "eve")])


PULLS = {"days": pull_days, "members": pull_members}


def main(folder: Path, name: str) -> None:
    for root in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        child = os.fork()
        if child == 0:
            clock = Hand()
            clock.on()
            PULLS[name](Lake(DyingStorage(str(root), int(root.name)), clock))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            print("killed")
        else:
            print("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
