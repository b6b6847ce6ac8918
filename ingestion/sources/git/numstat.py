"""The stream of `git log -z --numstat --format=%x01%H` as columns.

A commit is 0x01 and its sha. A change is `added TAB deleted TAB path`, a rename has an
empty path and then two tokens, a binary file has `-` twice; each ends with NUL. Tokens
are taken in that order, so no path, whatever its bytes, is read as anything else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CHANGES_PER_PAGE = 20_000


@dataclass
class FileRows:
    """File changes as columns of equal length; paths still in bytes."""

    shas: list[str] = field(default_factory=list[str])
    ordinals: list[int] = field(default_factory=list[int])
    paths: list[bytes] = field(default_factory=list[bytes])
    old_paths: list[bytes | None] = field(default_factory=list[bytes | None])
    added: list[int | None] = field(default_factory=list[int | None])
    deleted: list[int | None] = field(default_factory=list[int | None])

    def cut(self, rows: int) -> None:
        """Drops everything after the first `rows` rows."""
        for column in vars(self).values():
            del column[rows:]


class Numstat:
    """Reads one stream; `sha` is the commit it is at, `commits` how many it met."""

    def __init__(self, output: Iterable[bytes]) -> None:
        self._output = output
        self._rows = FileRows()
        self._whole = 0  # rows of commits that are complete
        self.sha = ""
        self.commits = 0

    def rows(self) -> Iterator[FileRows]:
        """About `CHANGES_PER_PAGE` rows at a time, never half a commit."""
        tokens = _tokens(self._output)
        ordinal = 0
        for token in tokens:
            if token.startswith(b"\x01"):
                self.sha = token[1:].decode("ascii")
                self.commits += 1
                ordinal = 0
                self._whole = len(self._rows.shas)
                if self._whole >= CHANGES_PER_PAGE:
                    yield self.whole_commits()
                continue
            added, deleted, path = token.split(b"\t", 2)
            old_path = None
            if not path:
                old_path, path = next(tokens), next(tokens)
            is_binary = added.endswith(b"-")
            rows = self._rows
            rows.shas.append(self.sha)
            rows.ordinals.append(ordinal)
            rows.paths.append(path)
            rows.old_paths.append(old_path)
            rows.added.append(None if is_binary else int(added))
            rows.deleted.append(None if is_binary else int(deleted))
            ordinal += 1
        self._whole = len(self._rows.shas)
        yield self.whole_commits()

    def whole_commits(self) -> FileRows:
        """The rows of complete commits not given yet; the rest is dropped."""
        rows, self._rows = self._rows, FileRows()
        rows.cut(self._whole)
        self._whole = 0
        return rows


def _tokens(output: Iterable[bytes]) -> Iterator[bytes]:
    """The NUL-terminated parts of a stream of blocks."""
    rest = b""
    for block in output:
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
