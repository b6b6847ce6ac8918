"""Commits of merge requests: who wrote what a squash merge makes one commit of."""

from collections.abc import Iterator

from ingestion.connector import Since
from ingestion.hosts.addresses import email
from ingestion.hosts.pages import joined
from ingestion.hosts.paging import link_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.gitlab.connection import Connection, project
from ingestion.sources.gitlab.merge_requests import each_changed
from ingestion.sources.gitlab.shapes import COMMITS, CONTENT, news


def merge_request_commits(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `gitlab/merge_request_commits`."""
    return joined(_pages(at, since))


def _pages(at: Connection, since: Since | None) -> Iterator[Page]:
    """A page or more a pull request."""
    for host, place, merge_request in each_changed(at, since, OVERLAP):
        path = f"{project(place)}/merge_requests/{merge_request.iid}/commits"
        for answer in link_pages(host.api, path):
            found = COMMITS.read(answer.body)
            yield Page(
                {
                    "host": [place.host] * len(found),
                    "merge_request_id": [str(merge_request.id)] * len(found),
                    "commit_sha": [each.id for each in found],
                    "author_email": [email(each.author_email) for each in found],
                    "authored_at": [each.authored_date for each in found],
                },
                body=redact(answer.body, CONTENT),
                unknown_fields=news(COMMITS.unknown_fields(answer.body)),
            )
