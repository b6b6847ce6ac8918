r"""The stream of `git log -p -U0` as edits of files: where lines went and came.

Every line of content starts with `+`, `-` or `\`, and without context there is no
other; so nothing in a file is read as a header, and content is skipped unseen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingestion.sources.git.process import GitFailed

# What makes the stream one that `Commits` can read.
FORMAT = ("-p", "-U0", "--src-prefix=", "--dst-prefix=", "--format=commit %H")
_HEADER = re.compile(rb"\n([^+\-\\\n].*)")
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([0-7]{3}|[abfnrtv"\\])')
_ESCAPED = {
    b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t",
    b"v": b"\v", b'"': b'"', b"\\": b"\\",
}  # fmt: skip


@dataclass
class FileEdit:
    """One file's part of a commit; a path is None where the file was or is not there.

    A hunk is (first line it deletes or, deleting none, the line it follows; lines
    deleted; lines written), all counted before the commit.
    """

    old_path: bytes | None
    new_path: bytes | None
    hunks: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    is_binary: bool = False


class Commits:
    """Reads one stream; `sha` is the commit it is at, `met` how many it met."""

    def __init__(self, output: Iterable[bytes]) -> None:
        self._output = output
        self.sha = ""
        self.met = 0

    def edits(self) -> Iterator[tuple[str, list[FileEdit]]]:
        """Each commit with its edits; one that Git ends in is not among them."""
        found: list[FileEdit] = []
        edit = FileEdit(None, None)
        for header in _headers(self._output):
            if header.startswith(b"@@ "):
                start, deleted, written = _counts(header)
                edit.hunks.append((start, deleted, written))
            elif header.startswith(b"diff --git "):
                path = _same_path(header[11:])
                edit = FileEdit(path, path)
                found.append(edit)
            elif header.startswith(b"commit "):
                if self.sha:
                    yield self.sha, found
                self.sha, found = header[7:].decode("ascii"), []
                self.met += 1
            elif header.startswith(b"new file"):
                edit.old_path = None
            elif header.startswith(b"deleted file"):
                edit.new_path = None
            elif header.startswith(b"rename from "):
                edit.old_path = _path(header[12:])
            elif header.startswith(b"rename to "):
                edit.new_path = _path(header[10:])
            elif header.startswith(b"Binary files "):
                edit.is_binary = True
        if self.sha:
            yield self.sha, found


def _headers(output: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that are no content, of a stream of blocks."""
    rest = b"\n"
    for block in output:
        rest += block
        end = rest.rfind(b"\n")
        yield from _HEADER.findall(rest, 0, end)
        rest = rest[end:]
        if rest[1:2] in b"+-\\":
            rest = rest[:2]  # a long line of content need not be kept
    yield from _HEADER.findall(rest)


def _counts(header: bytes) -> tuple[int, int, int]:
    """The numbers of a hunk's header; a count that is not given is 1."""
    match = _HUNK.match(header)
    if match is None:
        raise GitFailed(f"the header {header[:80]!r} of a hunk makes no sense")
    start, deleted, written = match.groups()
    return (
        int(start),
        1 if deleted is None else int(deleted),
        1 if written is None else int(written),
    )


def _same_path(pair: bytes) -> bytes:
    """The path of `path path`; on a rename they differ, and lines of their own follow."""
    return _path(pair[: len(pair) // 2])


def _path(name: bytes) -> bytes:
    """A path as Git writes it in headers: odd ones in quotes, as C writes strings."""
    if not name.startswith(b'"'):
        return name
    return _ESCAPE.sub(_character, name[1:-1])


def _character(match: re.Match[bytes]) -> bytes:
    return _ESCAPED.get(match[1]) or bytes([int(match[1], 8)])
