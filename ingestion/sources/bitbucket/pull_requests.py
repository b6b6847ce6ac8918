"""Pull requests of all states: those updated since a time, and all that are open."""

from collections.abc import Iterator
from typing import Any, Final

from ingestion.connector import Since
from ingestion.hosts.requests import OVERLAP, once, place_columns, word_columns
from ingestion.hosts.settings import Place, places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.bitbucket.connection import (
    Connection,
    Host,
    account,
    listed,
    repository,
)
from ingestion.sources.bitbucket.shapes import (
    CONTENT,
    PULL_REQUESTS,
    REPOSITORY,
    PullRequest,
    news,
)

STATES: Final = ("OPEN", "MERGED", "DECLINED", "SUPERSEDED")  # alone, OPEN is meant


def pull_requests(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `bitbucket/pull_requests`."""
    for host in at.hosts:
        for place in places(host.named, since):
            id_ = repository_id(host, place)
            for found, body in _changed(host, place):
                yield Page(
                    _columns(host, place, id_, found),
                    body=redact(body, CONTENT),
                    unknown_fields=news(PULL_REQUESTS.unknown_fields(body)),
                )


def repository_id(host: Host, place: Place) -> str:
    """The id of the repository, without which the number of a pull request says
    nothing."""
    return REPOSITORY.read(host.api.get(repository(place)).body).uuid


def _changed(host: Host, place: Place) -> Iterator[tuple[list[PullRequest], bytes]]:
    """Pull requests updated since the place's time, less the overlap, and open ones."""
    path = f"{repository(place)}/pullrequests"
    start = f"{place.since - OVERLAP:%Y-%m-%dT%H:%M:%S+00:00}"
    newest = ("sort", "-updated_on")
    every = [("state", state) for state in STATES]
    since = [*every, ("q", f"updated_on >= {start}"), newest]
    yield from listed(host.api, path, PULL_REQUESTS, since)
    still = [("state", "OPEN"), ("q", f"updated_on < {start}"), newest]
    yield from listed(host.api, path, PULL_REQUESTS, still)


def each_changed(
    at: Connection, since: Since | None
) -> Iterator[tuple[Host, Place, PullRequest, str]]:
    """Each of them once, with where it is, and its id over all repositories."""
    for host in at.hosts:
        for place in places(host.named, since):
            id_ = repository_id(host, place)
            for each in once(_changed(host, place)):
                yield host, place, each, f"{id_}/{each.id}"


def _columns(
    host: Host, place: Place, id_: str, found: list[PullRequest]
) -> dict[str, list[Any]]:
    authors = [account(host, each.author) for each in found]
    return {
        **place_columns(place, len(found)),
        "pull_request_id": [f"{id_}/{each.id}" for each in found],
        "number": [each.id for each in found],
        "state": [each.state for each in found],
        "is_draft": [each.draft for each in found],
        "author_account_id": [account_id for account_id, _ in authors],
        "author_kind": [kind for _, kind in authors],
        **word_columns(
            [each.title for each in found],
            [each.summary and each.summary.raw for each in found],
            [each.source.branch and each.source.branch.name for each in found],
        ),
        "merge_sha": [
            each.merge_commit.hash
            if each.merge_commit and each.state == "MERGED"
            else None
            for each in found
        ],
        "created_at": [each.created_on for each in found],
        "updated_at": [each.updated_on for each in found],
    }
