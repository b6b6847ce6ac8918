"""Results of a search by JQL, page by page, as either Jira hands them out.

Cloud: by token. Data Center: by offset, which loses an issue whenever an earlier one
is updated meanwhile, and ends at 10,000; so each slice starts where the last one ended.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, Unavailable
from ingestion.pagination import token_pages
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.instants import epoch_ms
from ingestion.sources.jira.shapes import SearchPage

# The search index lags behind, and updates move issues while pages are read.
OVERLAP: Final = timedelta(minutes=60)
MOST_EMPTY_PAGES: Final = 20  # in a row; some come with a token, none without end
MOST_RESULTS: Final = 10_000  # of one search of Data Center, where OpenSearch ends
MOST_RESTARTS: Final = 10  # of one second whose issues move while they are read

Item = TypeVar("Item")


@dataclass(frozen=True)
class Search:
    """A search: conditions that must all hold, the order, the fields, a page's size."""

    bounds: Sequence[str]
    order: str
    fields: Sequence[str]
    most: int

    def jql(self, *more: str) -> str:
        """The search as JQL, with further conditions."""
        return f"{' AND '.join((*self.bounds, *more))} ORDER BY {self.order}"


def in_projects(projects: Sequence[str]) -> str:
    """The condition that an issue is in one of these projects, by key or id."""
    quoted = (p.replace("\\", r"\\").replace('"', r"\"") for p in projects)
    return "project in (" + ", ".join(f'"{p}"' for p in quoted) + ")"


def among(issue_ids: Sequence[str]) -> str:
    """The condition that an issue is one of these."""
    return f"id in ({', '.join(issue_ids)})"


def since(updated_since: datetime | None) -> str:
    """The condition that an issue was updated since a UTC time, or ever.

    Epoch milliseconds are read alike in any zone; a bare date would be read in the
    zone of the account that asks.
    """
    return f"updated >= {since_ms(updated_since)}"


def since_ms(updated_since: datetime | None) -> int:
    """A UTC time in epoch milliseconds, the overlap off; 0 for None."""
    if updated_since is None:
        return 0
    at = updated_since if updated_since.tzinfo else updated_since.replace(tzinfo=UTC)
    return max(0, math.floor((at - OVERLAP).timestamp() * 1000))


def results(
    api: Jira, search: Search, shape: Shape[SearchPage[Item]]
) -> Iterator[tuple[SearchPage[Item], bytes]]:
    """Every page of the search with its body.

    Data Center needs the field `updated` in what the shape reads, and that order.
    """
    return (_by_token if api.is_cloud else _by_time)(api, search, shape)


def _by_token(
    api: Jira, search: Search, shape: Shape[SearchPage[Item]]
) -> Iterator[tuple[SearchPage[Item], bytes]]:
    query = {
        "jql": search.jql(),
        "fields": search.fields,
        "maxResults": search.most,
    }
    path = f"{api.rest}/search/jql"
    empty = 0

    def fetch(
        token: str | None,
    ) -> tuple[tuple[SearchPage[Item], bytes], str | None]:
        nonlocal empty
        cursor = {} if token is None else {"nextPageToken": token}
        body = api.post(path, {**query, **cursor}).body
        found = shape.read(body)
        empty = 0 if found.issues else empty + 1
        if empty > MOST_EMPTY_PAGES and found.nextPageToken:
            raise Unavailable(
                "jira",
                f"POST {path}: {empty} empty pages in a row, each with a next one.",
                fix="run again later; nothing of this pull was kept.",
            )
        return (found, body), found.nextPageToken or None

    return token_pages(fetch, api.source)


def _by_time(
    api: Jira, search: Search, shape: Shape[SearchPage[Any]]
) -> Iterator[tuple[SearchPage[Any], bytes]]:
    """Slices that start at the second of the last issue read; rows come again there.

    Within one second pages overlap by an issue: if it is not there any more, others
    have moved up unread, and the second is read again.
    """
    second_ms, offset, last, restarts = None, 0, None, 0
    while True:
        more = () if second_ms is None else (f"updated >= {second_ms}",)
        body = api.post(
            f"{api.rest}/search",
            {
                "jql": search.jql(*more),
                "fields": search.fields,
                "startAt": offset,
                "maxResults": search.most,
            },
        ).body
        found = shape.read(body)
        if last is not None and (not found.issues or found.issues[0].id != last):
            restarts += 1
            if restarts > MOST_RESTARTS:
                raise _moving()
            offset, last = 0, None
            continue
        yield found, body
        after = offset + len(found.issues)
        if not found.issues or after >= (found.total or 0):
            return
        newest_ms = epoch_ms(found.issues[-1].fields.updated, "updated")
        newest_ms -= newest_ms % 1000  # the index knows no smaller part
        if second_ms is None or newest_ms > second_ms:
            second_ms, offset, last, restarts = newest_ms, 0, None, 0
        else:
            offset, last = after - 1, found.issues[-1].id
            if offset + search.most > MOST_RESULTS:
                raise _crowded()


def _moving() -> Unavailable:
    return Unavailable(
        "jira",
        "issues change faster than their pages can be read; nothing of this pull was "
        "kept.",
        fix="run again when no bulk change is running.",
    )


def _crowded() -> Misconfigured:
    return Misconfigured(
        "jira",
        f"more than {MOST_RESULTS:,} issues were last updated in the same second, and "
        "Data Center pages no further.",
        field="projects",
        fix="make a site entry of its own for each of the projects that were changed "
        "in bulk, or raise jira.search.platform.max.result.window.",
    )
