"""Pages of lists that are asked for one by one for each pull request."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ingestion.page import Page

JOINED = 100  # bodies that are kept in one stored page


def joined(pages: Iterable[Page]) -> Iterator[Page]:
    """A hundred small pages as one: their bodies a line each, without a file each."""
    rest = iter(pages)
    while found := list(islice(rest, JOINED)):
        yield Page(
            {
                name: list(chain.from_iterable(page.columns[name] for page in found))
                for name in found[0].columns
            },
            body=b"\n".join(page.body for page in found),
            unknown_fields=frozenset().union(*(page.unknown_fields for page in found)),
        )
