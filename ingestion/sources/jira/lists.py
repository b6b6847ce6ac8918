"""Lists that come by offset, fifty items a page."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from ingestion.decoding import Shape
from ingestion.pagination import offset_pages
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.shapes import ListPage

Item = TypeVar("Item")
ITEMS_PER_PAGE: Final = 50


def listed(
    api: Jira,
    path: str,
    shape: Shape[ListPage[Item]],
    params: Sequence[tuple[str, str]] = (),
) -> Iterator[tuple[list[Item], bytes]]:
    """The items of every page with its body; a page may not say that it is the last."""

    def fetch(offset: int) -> tuple[tuple[list[Item], bytes], int | None]:
        slice_ = [("startAt", str(offset)), ("maxResults", str(ITEMS_PER_PAGE))]
        body = api.get(path, [*params, *slice_]).body
        page = shape.read(body)
        is_last = page.isLast or not page.values
        return (page.values, body), None if is_last else offset + len(page.values)

    return offset_pages(fetch, api.source)
