"""Which commits are to be read, and through which mainline commit each came in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingestion.sources.git.process import GitFailed, View

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
Parents = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lineage:
    """Commits to read, newest first.

    `mainline` has for each the first-parent commit that brought it to the branch, and
    so is in reading order. `is_full`: everything reachable, not only what is new.
    """

    mainline: Mapping[str, str]
    single: tuple[str, ...]  # commits that are no merge, in the same order
    chain: tuple[str, ...]  # all first-parent commits of the branch, oldest first
    is_rewritten: bool
    is_full: bool


def lineage(
    view: View, tip: str, known_tip: str | None, *, is_known_valid: bool = True
) -> Lineage:
    """What to read at `tip` when `known_tip` was the last one; raises BadInput.

    All of it where what is known of earlier commits is no longer valid.
    """
    chain = _first_parents(view, tip)
    if known_tip == tip and is_known_valid:
        return Lineage({}, (), chain, is_rewritten=False, is_full=False)
    is_rewritten = known_tip is not None and not _is_ancestor(view, known_tip, tip)
    since = known_tip if is_known_valid and not is_rewritten else None
    parents = _parents(view, tip, since)
    if since is not None and since not in chain:
        # A merge the other way round: what was mainline now hangs off a second parent.
        since = None
        parents = _parents(view, tip, None)
    return Lineage(
        mainline=_mainline(parents, chain),
        single=tuple(sha for sha, before in parents.items() if len(before) < 2),
        chain=chain,
        is_rewritten=is_rewritten,
        is_full=since is None,
    )


def _is_ancestor(view: View, old: str, new: str) -> bool:
    """`old` is still in the history of `new`; a commit that is gone is not."""
    if not _SHA.fullmatch(old):
        return False
    try:
        view.output("merge-base", "--is-ancestor", old, new)
    except GitFailed:
        return False
    return True


def _parents(view: View, tip: str, since: str | None) -> Parents:
    """Each commit up to `tip`, newest first, with its parents."""
    beyond = () if since is None else (f"^{since}",)
    try:
        lines = view.output("rev-list", "--parents", "--date-order", tip, *beyond)
    except GitFailed as failure:
        raise view.unreadable(failure) from None
    rows = (line.split(" ") for line in lines.decode("ascii").splitlines())
    return {row[0]: tuple(row[1:]) for row in rows}


def _first_parents(view: View, tip: str) -> tuple[str, ...]:
    """The first-parent commits up to `tip`, oldest first."""
    try:
        shas = view.output("rev-list", "--first-parent", "--reverse", tip)
    except GitFailed as failure:
        raise view.unreadable(failure) from None
    return tuple(shas.decode("ascii").split())


def _mainline(parents: Parents, chain: Sequence[str]) -> dict[str, str]:
    """For each commit the oldest first-parent commit that can reach it."""
    brought: dict[str, str] = {}
    for entry in chain:
        open_ends = [entry]
        while open_ends:
            sha = open_ends.pop()
            if sha in parents and sha not in brought:
                brought[sha] = entry
                open_ends.extend(parents[sha])
    return {sha: brought[sha] for sha in parents}
