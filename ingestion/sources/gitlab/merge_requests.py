"""Merge requests: those updated since a time, and all that are still open.

Pushes do not reliably move the last update, so open ones are always read again. The
list is walked from the newest update on: what moves meanwhile is seen twice.
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
from ingestion.sources.gitlab.connection import Connection, Host, project
from ingestion.sources.gitlab.shapes import (
    CONTENT,
    GHOST,
    MERGE_REQUESTS,
    Account,
    MergeRequest,
    news,
)


def merge_requests(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `gitlab/merge_requests`."""
    for host in at.hosts:
        for place in places(host.named, since):
            for found, body in changed(host, place, OVERLAP):
                yield Page(
                    _columns(host, place, found),
                    body=redact(body, CONTENT),
                    unknown_fields=news(MERGE_REQUESTS.unknown_fields(body)),
                )


def changed(
    host: Host, place: Place, overlap: timedelta
) -> Iterator[tuple[list[MergeRequest], bytes]]:
    """Those updated since the place's time, less the overlap, and all open ones."""
    path = f"{project(place)}/merge_requests"
    start = f"{place.since - overlap:%Y-%m-%dT%H:%M:%SZ}"
    order = [("scope", "all"), ("order_by", "updated_at"), ("sort", "desc")]
    for chosen in (
        [("state", "all"), ("updated_after", start)],
        [("state", "opened"), ("updated_before", start)],
    ):
        for answer in link_pages(host.api, path, [*order, *chosen]):
            yield MERGE_REQUESTS.read(answer.body), answer.body


def each_changed(
    at: Connection, since: Since | None, overlap: timedelta
) -> Iterator[tuple[Host, Place, MergeRequest]]:
    """Each of them once, with where it is."""
    for host in at.hosts:
        for place in places(host.named, since):
            for each in once(changed(host, place, overlap)):
                yield host, place, each


def account(host: Host, author: Account | None) -> tuple[str | None, str]:
    """Id and kind of an account; a deleted one has neither."""
    if author is None or author.username == GHOST:
        return None, "unknown"
    return str(author.id), account_kind(author.username, False, host.named.bots)


def _columns(
    host: Host, place: Place, found: list[MergeRequest]
) -> dict[str, list[Any]]:
    authors = [account(host, each.author) for each in found]
    return {
        **place_columns(place, len(found)),
        "merge_request_id": [str(each.id) for each in found],
        "number": [each.iid for each in found],
        "state": [each.state for each in found],
        "is_draft": [each.draft for each in found],
        "author_account_id": [id_ for id_, _ in authors],
        "author_kind": [kind for _, kind in authors],
        **word_columns(
            [each.title for each in found],
            [each.description for each in found],
            [each.source_branch for each in found],
        ),
        "merge_sha": [_merge_sha(each) for each in found],
        "created_at": [each.created_at for each in found],
        "merged_at": [each.merged_at for each in found],
        "closed_at": [each.closed_at for each in found],
        "updated_at": [each.updated_at for each in found],
    }


def _merge_sha(found: MergeRequest) -> str | None:
    """The commit that the merge left on the target; a fast-forward leaves the head."""
    if found.merged_at is None:
        return None
    return found.merge_commit_sha or found.squash_commit_sha or found.sha
