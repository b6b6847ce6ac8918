"""Iterators over pages, each with a guard against vendors that page in circles."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ingestion.errors import Unavailable

T = TypeVar("T")
MOST_PAGES = 100_000
REPORT = "run again; if it repeats, report it to the vendor with the time."


def token_pages(
    fetch: Callable[[str | None], tuple[T, str | None]], source: str
) -> Iterator[T]:
    """Pages by opaque token or cursor: `fetch` gets None first, and returns the page
    and the token of the next one, None after the last."""
    token: str | None = None
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        page, token = fetch(token)
        yield page
        if token is None:
            return
        if token in seen:
            raise _circle(source, f"page {len(seen) + 1} repeats an earlier page token")
        seen.add(token)
    raise _circle(source, f"no end after {MOST_PAGES} pages")


def offset_pages(
    fetch: Callable[[int], tuple[T, int | None]], source: str
) -> Iterator[T]:
    """Pages by offset: `fetch` gets 0 first, and returns the page and the next offset,
    None after the last page."""
    offset = 0
    for _ in range(MOST_PAGES):
        page, following = fetch(offset)
        yield page
        if following is None:
            return
        if following <= offset:
            raise _circle(source, f"the page at offset {offset} leads to {following}")
        offset = following
    raise _circle(source, f"no end after {MOST_PAGES} pages")


def broken_off(source: str, path: str) -> Unavailable:
    """The error of a list that has more and does not say where."""
    return Unavailable(
        source,
        f"GET {path}: the answer says that more follows and names no next page; "
        "nothing of this pull was kept.",
        fix=REPORT,
    )


def repeated(source: str, path: str) -> Unavailable:
    """The error of a page that holds the rows of an earlier one."""
    return Unavailable(
        source,
        f"GET {path}: a page holds the rows of an earlier one, so that rows are "
        "missing or would count twice; nothing of this pull was kept.",
        fix=REPORT,
    )


def _circle(source: str, problem: str) -> Unavailable:
    return Unavailable(
        source,
        f"paging does not end: {problem}; nothing of this pull was kept.",
        fix=REPORT,
    )
