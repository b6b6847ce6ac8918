"""Which commits are to be read, and through which mainline commit each came in."""

import re
from collections.abc import Mapping
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
    is_rewritten: bool
    is_full: bool


def lineage(view: View, tip: str, known_tip: str | None) -> Lineage:
    """What to read at `tip` when `known_tip` was the last one; raises BadInput."""
    if known_tip == tip:
        return Lineage({}, (), is_rewritten=False, is_full=False)
    is_rewritten = known_tip is not None and not _is_ancestor(view, known_tip, tip)
    since = None if is_rewritten else known_tip
    parents = _parents(view, tip, since)
    if since is not None and _chain(parents, tip)[-1] != since:
        # A merge the other way round: what was mainline now hangs off a second parent.
        since = None
        parents = _parents(view, tip, None)
    return Lineage(
        mainline=_mainline(parents, tip),
        single=tuple(sha for sha, before in parents.items() if len(before) < 2),
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


def _chain(parents: Parents, tip: str) -> list[str]:
    """First parents from `tip` on, ending with the first that is not in `parents`."""
    chain = [tip]
    while before := parents.get(chain[-1]):
        chain.append(before[0])
    return chain


def _mainline(parents: Parents, tip: str) -> dict[str, str]:
    """For each commit the oldest first-parent commit that can reach it."""
    brought: dict[str, str] = {}
    for entry in reversed(_chain(parents, tip)):
        open_ends = [entry]
        while open_ends:
            sha = open_ends.pop()
            if sha in parents and sha not in brought:
                brought[sha] = entry
                open_ends.extend(parents[sha])
    return {sha: brought[sha] for sha in parents}
