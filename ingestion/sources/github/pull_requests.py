"""Pull requests: those updated since a time, and all that are still open.

The list knows no lower bound, so it is walked from the newest update on, down to the
time asked for. What is updated meanwhile moves to its top: seen twice, never missed.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ingestion.connector import Since
from ingestion.hosts.accounts import account_kind
from ingestion.hosts.paging import link_pages
from ingestion.hosts.requests import OVERLAP, once, place_columns, word_columns
from ingestion.hosts.settings import Place, places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import Connection, Host
from ingestion.sources.github.shapes import (
    CONTENT,
    PULL_REQUESTS,
    Account,
    PullRequest,
    news,
)


def pull_requests(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `github/pull_requests`."""
    for host in at.hosts:
        for place in places(host.named, since):
            for found, body in changed(host, place, OVERLAP):
                yield Page(
                    _columns(host, place, found),
                    body=redact(body, CONTENT),
                    unknown_fields=news(PULL_REQUESTS.unknown_fields(body)),
                )


def changed(
    host: Host, place: Place, overlap: timedelta
) -> Iterator[tuple[list[PullRequest], bytes]]:
    """Pull requests updated since the place's time, less the overlap, and open ones."""
    start = place.since - overlap
    path = f"/repos/{place.name}/pulls"
    newest = [("state", "all"), ("sort", "updated"), ("direction", "desc")]
    for answer in link_pages(host.api, path, newest):
        found = PULL_REQUESTS.read(answer.body)
        yield [each for each in found if each.updated_at >= start], answer.body
        if found and found[-1].updated_at < start:
            break
    for answer in link_pages(host.api, path, [("state", "open")]):
        found = PULL_REQUESTS.read(answer.body)
        yield [each for each in found if each.updated_at < start], answer.body


def each_changed(
    at: Connection, since: Since | None, overlap: timedelta
) -> Iterator[tuple[Host, Place, PullRequest]]:
    """Each of them once, with where it is."""
    for host in at.hosts:
        for place in places(host.named, since):
            for each in once(changed(host, place, overlap)):
                yield host, place, each


def account(host: Host, user: Account | None) -> tuple[str | None, str]:
    """Id and kind of an account; a deleted one has neither."""
    if user is None:
        return None, "unknown"
    is_bot = {"User": False, "Bot": True}.get(user.type)
    return str(user.id), account_kind(user.login, is_bot, host.named.bots)


def _columns(
    host: Host, place: Place, found: list[PullRequest]
) -> dict[str, list[Any]]:
    authors = [account(host, each.user) for each in found]
    return {
        **place_columns(place, len(found)),
        "pull_request_id": [str(each.id) for each in found],
        "number": [each.number for each in found],
        "state": [each.state for each in found],
        "is_draft": [each.draft for each in found],
        "author_account_id": [id_ for id_, _ in authors],
        "author_kind": [kind for _, kind in authors],
        **word_columns(
            [each.title for each in found],
            [each.body for each in found],
            [each.head.ref for each in found],
        ),
        # Before the merge the same field names a commit that is thrown away.
        "merge_sha": [
            each.merge_commit_sha if each.merged_at else None for each in found
        ],
        "created_at": [each.created_at for each in found],
        "merged_at": [each.merged_at for each in found],
        "closed_at": [each.closed_at for each in found],
        "updated_at": [each.updated_at for each in found],
    }
