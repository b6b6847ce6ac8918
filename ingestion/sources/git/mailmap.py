"""Addresses that the repository's own `.mailmap` gives for those in commits."""

from collections.abc import Iterable

from ingestion.sources.git.process import View
from ingestion.sources.git.text import text

_UNSAID = bytes.maketrans(b"<>\r\n\0", b"     ")  # what no name can hold


class Mailmap:
    """What the mailmap of one commit says, as far as it was asked."""

    def __init__(self, view: View, tip: str, *, is_there: bool) -> None:
        self._view, self._tip, self._is_there = view, tip, is_there
        self._known: dict[tuple[str, str], str | None] = {}

    def emails(self, people: Iterable[tuple[str, str]]) -> list[str | None]:
        """For each name and e-mail the one meant, lower case; None: nothing is said."""
        people = list(people)
        if not self._is_there:
            return [None] * len(people)
        new = list(dict.fromkeys(p for p in people if p[1] and p not in self._known))
        said = self._view.output(
            "-c", f"mailmap.blob={self._tip}:.mailmap", "check-mailmap", "--stdin",
            given=b"".join(map(_contact, new)),
        ).splitlines() if new else []  # fmt: skip
        for person, line in zip(new, said, strict=True):
            email = text(line.rpartition(b"<")[2].removesuffix(b">")).strip().lower()
            self._known[person] = None if email == person[1] else email
        return [self._known.get(person) for person in people]


def _contact(person: tuple[str, str]) -> bytes:
    """A line that `git check-mailmap` reads as that name and e-mail."""
    name, email = (part.encode().translate(_UNSAID).strip() for part in person)
    return b"%b <%b>\n" % (name, email)
