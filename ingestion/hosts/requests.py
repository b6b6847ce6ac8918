"""What pull requests have in common at every host, whatever it calls them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar

from ingestion.hosts.settings import Place
from ingestion.hosts.words import is_revert, issue_keys, reverted

OVERLAP: Final = timedelta(days=1)  # hosts tell of updates late


class Numbered(Protocol):
    """What a host knows by an id."""

    @property
    def id(self) -> int: ...


Request = TypeVar("Request", bound=Numbered)


def once(lists: Iterable[tuple[list[Request], bytes]]) -> Iterator[Request]:
    """Each of the lists' pull requests once: one that moves while its list is paged is
    listed twice."""
    seen: set[int] = set()
    for found, _ in lists:
        for each in found:
            if each.id not in seen:
                seen.add(each.id)
                yield each


def place_columns(place: Place, count: int) -> dict[str, list[Any]]:
    """Where so many pull requests are."""
    return {
        "host": [place.host] * count,
        "host_repository": [place.name] * count,
        "repository": [place.repository] * count,
    }


def word_columns(
    titles: Sequence[str], bodies: Sequence[str | None], branches: Sequence[str | None]
) -> dict[str, list[Any]]:
    """What the words say; they are not kept themselves."""
    texts = list(zip(titles, bodies, strict=True))
    return {
        "is_revert": [is_revert(title, body) for title, body in texts],
        "reverts_number": [reverted(body) for body in bodies],
        "issue_keys": [
            issue_keys(*text, branch=branch)
            for text, branch in zip(texts, branches, strict=True)
        ],
    }
