"""What each change does to the files of its repository, commit by commit."""

from collections.abc import Sequence

from ingestion.simulator.change import MERGING, Author, Change
from ingestion.simulator.randomness import stream
from ingestion.simulator.worktree import ATTRIBUTES, Edit, Worktree

START = Edit({".gitattributes": ATTRIBUTES, "README.md": b"# Generated\n"})


class Edits:
    """The edits of one repository's changes, which are asked for in their order."""

    def __init__(self, seed: int, name: str, changes: Sequence[Change]) -> None:
        self._random = stream(seed, "repository", name)
        self._tree = Worktree(name, self._random)
        self._targets = {c.reverts for c in changes if c.reverts is not None}
        self._added: dict[int, dict[str, set[bytes]]] = {}

    def of(self, change: Change) -> list[tuple[Author, Edit]]:
        """The change's commits: one, or those of the branch that is merged."""
        if not is_merged(change):
            return [(change.author, self._edit(change))]
        has_partner = change.partner is not None and change.partner_share > 0
        base = 40 if has_partner else None
        edits = [(change.author, self._edit(change, base))]
        if has_partner and change.partner is not None:
            mine = round(40 * change.partner_share / (1 - change.partner_share))
            edits.append((change.partner, self._tree.source(change.team, mine)))
        elif change.kind == "source" and change.number % 3 == 0:
            edits.append((change.author, self._tree.source(change.team, 6)))
        return edits

    def unmerged(self) -> Edit:
        """What lies on a branch that never reached the default branch."""
        return self._tree.source("atlas", 12)

    def _edit(self, change: Change, lines: int | None = None) -> Edit:
        if change.reverts is not None:
            edit = self._tree.without(self._added[change.reverts])
            return edit if edit.contents else self._tree.source(change.team, 3)
        size = lines or 4 + int(self._random.lognormal(2.6, 0.9))
        size = min(size, 120)
        edit = {
            "documentation": lambda: self._tree.document(change.team, size),
            "lock_file": lambda: self._tree.lock(60 + 4 * size),
            "vendored": lambda: self._tree.vendored(300 + size),
            "generated": lambda: self._tree.generated(80 + size),
        }.get(change.kind, lambda: self._tree.source(change.team, size))()
        if change.number in self._targets:
            self._added[change.number] = edit.added
        return self._tree.binary(edit) if change.kind == "binary" else edit


def is_merged(change: Change) -> bool:
    """Whether the change comes as a branch and a merge, and not as one commit."""
    return change.repository == MERGING and change.author.person_id is not None
