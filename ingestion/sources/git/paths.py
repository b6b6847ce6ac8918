"""What kind of work a path holds, by the repository's own word first."""

import re
from collections.abc import Iterable, Sequence

from ingestion.sources.git.patterns import (
    DOCUMENTATION,
    GENERATED,
    LOCK_FILES,
    VENDORED,
)
from ingestion.sources.git.process import View
from ingestion.sources.git.text import text

# In this order: what a tool wrote stays that wherever it lies.
ATTRIBUTES = {
    b"linguist-generated": "generated",
    b"linguist-vendored": "vendored",
    b"linguist-documentation": "documentation",
}
_PATTERNS = tuple(
    (kind, re.compile("|".join(patterns), flags))
    for kind, patterns, flags in (
        ("vendored", VENDORED, re.IGNORECASE),
        ("lock_file", [rf"(^|/){re.escape(name)}$" for name in sorted(LOCK_FILES)], 0),
        ("generated", GENERATED, re.IGNORECASE),
        ("documentation", DOCUMENTATION, re.IGNORECASE),
    )
)
_YES, _NO = {b"set", b"true"}, {b"unset", b"false"}


class PathKinds:
    """Names and kinds of the paths met so far.

    `attributes` are the `.gitattributes` of one commit as `git ls-tree` lists them.
    """

    def __init__(self, view: View, attributes: Sequence[bytes]) -> None:
        self._view = view
        self._known: dict[bytes, tuple[str, str]] = {}
        self._has_attributes = bool(attributes)
        # Git before 2.40 reads them from an index or a working tree, not from a commit.
        if attributes:
            index = b"".join(entry + b"\0" for entry in attributes)
            view.output("update-index", "-z", "--index-info", given=index)

    def of(self, paths: Iterable[bytes]) -> list[tuple[str, str]]:
        """(path as text, kind) of each path."""
        paths = list(paths)
        new = list(dict.fromkeys(path for path in paths if path not in self._known))
        said = self._said(new) if self._has_attributes else {}
        for path in new:
            name = text(path)
            self._known[path] = (name, path_kind(name, said.get(path, {})))
        return [self._known[path] for path in paths]

    def _said(self, paths: list[bytes]) -> dict[bytes, dict[str, bool]]:
        """For each path the kinds that `.gitattributes` affirms or denies."""
        names = [name.decode() for name in ATTRIBUTES]
        output = self._view.output(
            "check-attr", "--cached", "--stdin", "-z", *names,
            given=b"".join(path + b"\0" for path in paths),
        ).split(b"\0")  # fmt: skip
        said: dict[bytes, dict[str, bool]] = {}
        triples = zip(output[0::3], output[1::3], output[2::3], strict=False)
        for path, attribute, value in triples:
            if value in _YES or value in _NO:
                said.setdefault(path, {})[ATTRIBUTES[attribute]] = value in _YES
        return said


def path_kind(path: str, said: dict[str, bool]) -> str:
    """The kind of `path`: what the repository says of it, else what its name does."""
    for kind in ATTRIBUTES.values():
        if said.get(kind):
            return kind
    for kind, pattern in _PATTERNS:
        if said.get(kind) is not False and pattern.search(path):
            return kind
    return "source"

