"""Files of a simulated repository, and edits with a known number of changed lines.

Every line is written once and never again, so a diff finds exactly the edit.
"""

from dataclasses import dataclass, field

import numpy as np

ATTRIBUTES = b"schema/** linguist-generated\n*.bin binary\n"
_LONGEST, _FILES_A_TEAM = 160, 40
_SUFFIX = {"platform": "py", "ledger": "java", "runtime": "go", "tooling": "sh"}
_NAMES = ("orders", "session", "quota", "parser", "queue", "router", "report", "cache")


@dataclass
class Edit:
    """Files as they are after a commit, and (old, new) paths of renamed ones."""

    contents: dict[str, bytes] = field(default_factory=dict[str, bytes])
    renames: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    added: dict[str, set[bytes]] = field(default_factory=dict[str, set[bytes]])


def joined(edits: list[Edit]) -> Edit:
    """All edits of a branch as the one that its merge makes."""
    together = Edit()
    for edit in edits:
        for old, new in edit.renames:
            together.contents.pop(old, None)
            together.renames.append((old, new))
        together.contents.update(edit.contents)
    return together


class Worktree:
    """The text files of one repository, as lists of lines."""

    def __init__(self, repository: str, random: np.random.Generator) -> None:
        self._repository, self._random = repository, random
        self._files: dict[str, list[bytes]] = {}
        self._teams: dict[str, list[str]] = {}
        self._written = 0

    def source(self, team: str, lines: int) -> Edit:
        """An edit of one to three source files, `lines` added and deleted in all."""
        edit = Edit()
        count = min(1 + int(self._random.integers(0, 3)), lines)
        for part in range(count):
            share = lines // count + (lines % count if part == 0 else 0)
            self._change(edit, self._source_path(team, edit), share)
        if self._random.random() < 0.02:
            self._rename(edit, team)
        return edit

    def document(self, team: str, lines: int) -> Edit:
        """An edit of a document; some names are neither ASCII nor without spaces."""
        edit = Edit()
        name = ("guide", "overview", "Übersicht Größen")[int(self._random.integers(3))]
        self._change(edit, f"docs/{team}/{name}.md", lines)
        return edit

    def lock(self, lines: int) -> Edit:
        """An update of the dependency lock file."""
        edit = Edit()
        self._change(edit, "package-lock.json", lines, longest=2_000)
        return edit

    def vendored(self, lines: int) -> Edit:
        """A copied library."""
        edit = Edit()
        number = int(self._random.integers(1, 5))
        self._change(edit, f"vendor/library{number}/index.js", lines, longest=2_000)
        return edit

    def generated(self, lines: int) -> Edit:
        """Output of a generator, marked so in .gitattributes."""
        edit = Edit()
        self._change(edit, "schema/messages_pb2.py", lines, longest=2_000)
        return edit

    def binary(self, edit: Edit) -> Edit:
        """The edit with a picture beside it."""
        number = int(self._random.integers(1, 9))
        picture = b"\x89PNG\r\n\x1a\n\0" + self._random.bytes(900)
        edit.contents[f"assets/picture{number}.png"] = picture
        return edit

    def without(self, added: dict[str, set[bytes]]) -> Edit:
        """An edit that deletes what is left of the lines an earlier edit added."""
        edit = Edit()
        for path, lines in added.items():
            before = self._files.get(path, [])
            after = [line for line in before if line not in lines]
            if len(after) < len(before):
                self._files[path] = after
                edit.contents[path] = b"".join(after)
        return edit

    def _source_path(self, team: str, edit: Edit) -> str:
        paths = self._teams.setdefault(team, [])
        free = [path for path in paths if path not in edit.contents]
        is_new = len(paths) < _FILES_A_TEAM and self._random.random() < 0.12
        if free and not is_new:
            return free[int(self._random.integers(len(free)))]
        name = _NAMES[len(paths) % len(_NAMES)]
        suffix = _SUFFIX[self._repository]
        path = f"src/{team}/{name}_{len(paths)}.{suffix}"
        paths.append(path)
        return path

    def _change(
        self, edit: Edit, path: str, lines: int, longest: int = _LONGEST
    ) -> None:
        """Deletes some lines in one place and writes others there."""
        before = self._files.get(path, [])
        room = longest - len(before)
        fewest = max(0, (lines - room + 1) // 2)
        deleted = min(len(before), max(fewest, lines * int(len(before) > 60) // 3))
        new = [self._line() for _ in range(lines - deleted)]
        start = int(self._random.integers(0, len(before) - deleted + 1))
        after = [*before[:start], *new, *before[start + deleted :]]
        self._files[path] = after
        edit.contents[path] = b"".join(after)
        edit.added.setdefault(path, set()).update(new)

    def _rename(self, edit: Edit, team: str) -> None:
        """Moves a file that this edit leaves alone."""
        paths = self._teams[team]
        still = [n for n, path in enumerate(paths) if path not in edit.contents]
        still = [n for n in still if self._files.get(paths[n])]
        if not still:
            return
        place = still[int(self._random.integers(len(still)))]
        old = paths[place]
        new = old.replace("src/", "src/core/", 1) if "core" not in old else f"{old}x"
        paths[place] = new
        self._files[new] = self._files.pop(old)
        edit.contents[new] = b"".join(self._files[new])
        edit.renames.append((old, new))

    def _line(self) -> bytes:
        self._written += 1
        return b"step_%x = take(%d)\n" % (
            self._written,
            int(self._written * 2_654_435_761 % 9_973),
        )
