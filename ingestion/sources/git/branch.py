"""The branch that counts: the one named, else the remote's default, else HEAD."""

from dataclasses import dataclass

from ingestion.errors import BadInput
from ingestion.sources.git.location import Store
from ingestion.sources.git.process import label

MOST_NAMED = 10  # branches listed in an error


@dataclass(frozen=True)
class Branch:
    """A ref and the commit it points to; no tip in an empty repository."""

    ref: str
    tip: str | None


def branch(store: Store, wanted: str | None) -> Branch:
    """The branch to read; raises BadInput where it does not exist."""
    for ref in _candidates(store, wanted):
        if tip := _commit(store, ref):
            return Branch(ref, tip)
    names = store.output(
        "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes"
    ).split()
    if not names and wanted is None:
        return Branch(store.output("symbolic-ref", "--quiet", "HEAD"), None)
    more = ", …" if len(names) > MOST_NAMED else ""
    raise BadInput(
        label(store.name),
        "its HEAD points to no commit."
        if wanted is None
        else f"there is no branch {wanted}.",
        fix=f"set its branch to one of: {', '.join(names[:MOST_NAMED])}{more}."
        if names
        else "it is empty; push to it, or leave the branch out.",
        field="branch",
    )


def _candidates(store: Store, wanted: str | None) -> list[str]:
    """Refs to try. What the remote has is shared work; a local branch may not be."""
    if wanted is not None:
        return [f"refs/remotes/origin/{wanted}", f"refs/heads/{wanted}"]
    default = store.output("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    return [default, store.output("symbolic-ref", "--quiet", "HEAD") or "HEAD"]


def _commit(store: Store, ref: str) -> str:
    """The commit `ref` points to, tags peeled; empty if there is no such ref."""
    sha = ref and store.output("rev-parse", "--verify", "--quiet", ref)
    commit = sha and store.output(
        "rev-parse", "--verify", "--quiet", f"{sha}^{{commit}}"
    )
    if sha and not commit:
        raise BadInput(
            label(store.name),
            f"{ref} points to {sha}, which cannot be read.",
            fix="fetch it whole again (`git fetch --refetch`), or clone it anew.",
        )
    return commit
