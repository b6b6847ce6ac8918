"""A folder that is replaced whole, or not at all, and that only its owner opens."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboards.errors import TargetRefused


@dataclass(frozen=True)
class Folder:
    """A folder being written; nobody reads it yet."""

    path: Path

    def write(self, name: str, text: str) -> None:
        """Write the file `name` with mode 0600, its parent folders with 0700."""
        file = self.path / name
        for parent in reversed(file.relative_to(self.path).parents[:-1]):
            (self.path / parent).mkdir(mode=0o700, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)


@contextmanager
def replaced(target: Path) -> Generator[Folder]:
    """A new folder that becomes `target` when the block ends well.

    `target` is a link to a hidden folder beside it, so that one rename swaps them:
    a kill leaves the old folder in force, and the next build clears what it left.
    """
    if target.exists() and not target.is_symlink():
        raise TargetRefused(
            target.name,
            "there is something here that these pages did not make.",
            fix="move it away or give another place.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear(target)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield Folder(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise
    link = folder.with_name(f"{folder.name}.link")
    link.symlink_to(folder.name)
    link.replace(target)
    _clear(target)


def _clear(target: Path) -> None:
    """Remove what earlier builds left beside the target, except what is in force."""
    in_force = target.readlink().name if target.is_symlink() else None
    for left in target.parent.glob(f".{target.name}-*"):
        if left.is_symlink():
            left.unlink()
        elif left.name != in_force:
            shutil.rmtree(left)
