"""What merge requests change, by GraphQL: REST has no counts of lines."""

from collections.abc import Iterator
from typing import Any, Final

from ingestion.connector import Since
from ingestion.hosts.graph import PageInfo, Question, graph_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.hosts.settings import Place, places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.gitlab.connection import FIXES, Connection
from ingestion.sources.gitlab.shapes import CONTENT, SIZES, DiffStats, Size, news

QUERY: Final = """\
query($project: ID!, $since: Time!, $first: Int!, $after: String) {
  project(fullPath: $project) {
    mergeRequests(
      updatedAfter: $since, sort: UPDATED_DESC, first: $first, after: $after
    ) {
      pageInfo { hasNextPage endCursor }
      nodes {
        iid updatedAt commitCount
        diffStatsSummary { additions deletions fileCount }
      }
    }
  }
}"""
_UNCOUNTED: Final = (None, None, None)


def merge_request_sizes(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `gitlab/merge_request_sizes`."""
    for host in at.hosts:
        for place in places(host.named, since):
            for found, body in graph_pages(host.api, _question(place), _read):
                yield Page(
                    _columns(place, found),
                    body=redact(body, CONTENT),
                    unknown_fields=news(SIZES.unknown_fields(body)),
                )


def _question(place: Place) -> Question:
    start = f"{place.since - OVERLAP:%Y-%m-%dT%H:%M:%SZ}"
    variables = {"project": place.name, "since": start}
    return Question("/api/graphql", QUERY, variables, FIXES[404])


def _read(body: bytes) -> tuple[list[Size], PageInfo] | None:
    project = SIZES.read(body).data.project
    found = project and project.mergeRequests
    return None if found is None else (found.nodes, found.pageInfo)


def _columns(place: Place, found: list[Size]) -> dict[str, list[Any]]:
    lines = [_lines(each.diffStatsSummary) for each in found]
    return {
        "host": [place.host] * len(found),
        "host_repository": [place.name] * len(found),
        "number": [int(each.iid) for each in found],
        "added_lines": [added for added, _, _ in lines],
        "deleted_lines": [deleted for _, deleted, _ in lines],
        "changed_files": [files for _, _, files in lines],
        "commits_n": [each.commitCount for each in found],
        "updated_at": [each.updatedAt for each in found],
    }


def _lines(stats: DiffStats | None) -> tuple[int | None, int | None, int | None]:
    if stats is None:
        return _UNCOUNTED
    return stats.additions, stats.deletions, stats.fileCount
