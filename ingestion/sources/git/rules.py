"""What decides rows besides commits: the repository's own files, and configuration.

When any of it changes, rows read before may say something else now, and the whole
history is read again.
"""

import hashlib
from dataclasses import dataclass

from ingestion.sources.git.process import GitFailed, View

_VERSION = b"1"  # of the rules in this package: patterns of paths, known addresses
_MAILMAP = b".mailmap"


@dataclass(frozen=True)
class Rules:
    """Entries of a tree as `git ls-tree` lists them, and addresses that are bots."""

    attributes: tuple[bytes, ...]
    mailmap: bytes
    bots: tuple[str, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over all of it."""
        bots = "\0".join(sorted(self.bots)).encode()
        parts = (_VERSION, *self.attributes, self.mailmap, bots)
        return hashlib.sha256(b"\0\0".join(parts)).hexdigest()


def rules(view: View, tip: str, bots: tuple[str, ...]) -> Rules:
    """The rules at `tip`; of a tree that cannot be read, those that need none."""
    try:
        entries = view.output("ls-tree", "-r", "-z", tip).split(b"\0")
    except GitFailed:
        return Rules((), b"", bots)  # names of paths still tell most
    paths = [entry.rpartition(b"\t")[2] for entry in entries]
    return Rules(
        attributes=tuple(
            entry
            for entry, path in zip(entries, paths, strict=True)
            if path.rpartition(b"/")[2] == b".gitattributes"
        ),
        mailmap=next(
            (e for e, path in zip(entries, paths, strict=True) if path == _MAILMAP), b""
        ),
        bots=bots,
    )
