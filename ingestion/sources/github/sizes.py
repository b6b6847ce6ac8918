"""What pull requests change, by GraphQL: fifty for one point of the hourly 5,000.

The list of REST has no sizes, and one request a pull request would cost fifty times as
much.
"""

from collections.abc import Iterator
from typing import Any, Final

from ingestion.connector import Since
from ingestion.hosts.graph import PageInfo, Question, graph_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.hosts.settings import Place, places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import FIXES, Connection
from ingestion.sources.github.shapes import CONTENT, SIZES, Size, news

QUERY: Final = """\
query($owner: String!, $name: String!, $first: Int!, $after: String) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    pullRequests(
      first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}
    ) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number updatedAt additions deletions changedFiles
        commits { totalCount }
        timelineItems(
          first: 1, itemTypes: [READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT]
        ) {
          nodes {
            __typename
            ... on ReadyForReviewEvent { createdAt }
            ... on ConvertToDraftEvent { createdAt }
          }
        }
      }
    }
  }
}"""

_MARKED: Final = {"ReadyForReviewEvent": "ready", "ConvertToDraftEvent": "draft"}


def pull_request_sizes(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `github/pull_request_sizes`."""
    for host in at.hosts:
        for place in places(host.named, since):
            start = place.since - OVERLAP
            for found, body in graph_pages(host.graph, _question(place), _read):
                kept = [each for each in found if each.updatedAt >= start]
                yield Page(
                    _columns(place, kept),
                    body=redact(body, CONTENT),
                    unknown_fields=news(SIZES.unknown_fields(body)),
                )
                if found and found[-1].updatedAt < start:
                    break


def _question(place: Place) -> Question:
    owner, _, name = place.name.partition("/")
    return Question("/graphql", QUERY, {"owner": owner, "name": name}, FIXES[404])


def _read(body: bytes) -> tuple[list[Size], PageInfo] | None:
    repository = SIZES.read(body).data.repository
    found = repository and repository.pullRequests
    return None if found is None else (found.nodes, found.pageInfo)


def _columns(place: Place, found: list[Size]) -> dict[str, list[Any]]:
    events = [next(iter(each.timelineItems.nodes), None) for each in found]
    return {
        "host": [place.host] * len(found),
        "host_repository": [place.name] * len(found),
        "number": [each.number for each in found],
        "added_lines": [each.additions for each in found],
        "deleted_lines": [each.deletions for each in found],
        "changed_files": [each.changedFiles for each in found],
        "commits_n": [each.commits.totalCount for each in found],
        "first_marked_as": [event and _MARKED.get(event.kind) for event in events],
        "first_marked_at": [event and event.createdAt for event in events],
        "updated_at": [each.updatedAt for each in found],
    }
