"""Lists of numbered pages, read whole before anything of them is believed.

The vendor pages by number over a list that may grow meanwhile: then a row moves to the
next page and comes twice, or one is passed over. So the pages are compared with each
other and with the total they tell, and a list that moved is read anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from ingestion.errors import Unavailable
from ingestion.pagination import offset_pages

Row = TypeVar("Row")
PAGE_SIZE: Final = 1000
READINGS: Final = 3


class Pagination(Struct, gc=False):
    """Where the vendor says a page stands; the two reports spell its number apart."""

    hasNextPage: bool
    currentPage: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A page: its rows, its body, whether more follow, and what the vendor told of
    its place and of the total; None where it tells none."""

    rows: list[Row]
    body: bytes
    has_more: bool
    number: int | None = None
    total: int | None = None

    @classmethod
    def paged(
        cls,
        rows: list[Row],
        body: bytes,
        pagination: Pagination | None,
        total: int | None = None,
    ) -> "Listed[Row]":
        """A page that says itself whether another one follows."""
        if pagination is None:
            return cls(rows, body, False, None, total)
        number = pagination.currentPage or pagination.page
        return cls(rows, body, pagination.hasNextPage, number, total)


def listed(
    path: str, fetch: Callable[[int], Listed[Row]], source: str = "cursor"
) -> list[Listed[Row]]:
    """All pages of a list; `fetch` gets the page number, from 1. Raises Unavailable if
    the list does not hold still in three readings."""

    def page(offset: int) -> tuple[Listed[Row], int | None]:
        found = fetch(offset + 1)
        if found.number not in (None, offset + 1):
            raise Unavailable(
                source,
                f"{path}: asked for page {offset + 1}, the vendor answered with page "
                f"{found.number}; nothing of this pull was kept.",
                fix="run again; if it repeats, report it to the vendor with the time.",
            )
        return found, offset + 1 if found.has_more else None

    trouble = ""
    for _ in range(READINGS):
        pages = list(offset_pages(page, source))
        trouble = _trouble(pages)
        if not trouble:
            return pages
    raise Unavailable(
        source,
        f"{path}: {trouble}, {READINGS} times; nothing of this pull was kept.",
        fix="run again later, when the vendor's list has settled.",
    )


def _trouble(pages: list[Listed[Any]]) -> str:
    """Why the pages are not one whole list; empty if they are."""
    for number, (before, after) in enumerate(pairwise(pages), start=2):
        if after.rows and before.rows == after.rows:
            return f"page {number} repeats page {number - 1}"
    told = {page.total for page in pages}
    count = sum(len(page.rows) for page in pages)
    if len(told) > 1:
        return "the total changed while the pages were read"
    if told.isdisjoint({None, count}):
        return f"{count} rows came where the vendor tells of {told.pop()}"
    return ""
