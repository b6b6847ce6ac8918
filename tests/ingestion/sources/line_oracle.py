"""What Git itself says of lines: who wrote them, and how many each commit changed."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ingestion.sources.git.lines import UNKNOWN, kept

def git(folder: Path, *arguments: str | bytes) -> bytes:
    """What Git says; raises if it fails."""
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "safe.directory=*", *arguments],
        capture_output=True, check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"},
    )  # fmt: skip
    return done.stdout


def text_files(folder: Path, revision: str = "HEAD") -> list[bytes]:
    """Paths of the revision that Git's own diff does not call binary."""
    empty = git(folder, "hash-object", "-t", "tree", "/dev/null").decode().strip()
    rows = git(folder, "diff", "--numstat", "-z", "--no-renames", empty, revision)
    changes = [row.split(b"\t", 2) for row in rows.split(b"\0") if row]
    return [path for added, _, path in changes if added != b"-"]


def blamed(folder: Path, path: bytes, revision: str = "HEAD") -> list[str]:
    """The mainline commit that wrote each line of a file."""
    found: list[str] = []
    is_header = True
    for line in git(
        folder, "blame", "--first-parent", "--root", "--porcelain", revision,
        "--", path,
    ).split(b"\n")[:-1]:  # fmt: skip
        if is_header:
            found.append(line.partition(b" ")[0].decode())
        is_header = line.startswith(b"\t")
    return found


def ours(folder: Path, workdir: Path, name: str) -> "Writers":
    """What our last read of the repository kept."""
    chain = git(folder, "rev-list", "--first-parent", "--reverse", "HEAD").split()
    return Writers([sha.decode() for sha in chain], workdir / "lines" / name)


class Writers:
    """The writers of every line at the last commit of a chain."""

    def __init__(self, chain: list[str], folder: Path) -> None:
        self._chain = chain
        lines = kept(folder, chain[-1])
        assert lines is not None
        self._lines = lines

    def of(self, path: bytes) -> list[str]:
        """The mainline commit that wrote each line of a file."""
        return [
            "unknown" if number == UNKNOWN else self._chain[number]
            for number in self._lines.of(path)
        ]


def differing(
    folder: Path, writers: Writers, paths: Iterable[bytes]
) -> Iterator[tuple[bytes, int, int]]:
    """(path, lines, lines that differ from Git's blame) of each file."""
    for path in paths:
        theirs, mine = blamed(folder, path), writers.of(path)
        pairs = zip(theirs, mine, strict=False)
        unlike = sum(one != other for one, other in pairs)
        yield path, len(theirs), unlike + abs(len(theirs) - len(mine))


def removed(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Lines removed by (remover, writer)."""
    return {
        (row["mainline_sha"], row["written_sha"]): row["removed_lines"] for row in rows
    }
