"""Commits of pull requests: who wrote what a squash merge makes one commit of."""

from collections.abc import Iterator

from ingestion.connector import Since
from ingestion.hosts.addresses import email
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.bitbucket.connection import Connection, listed, repository
from ingestion.sources.bitbucket.pull_requests import each_changed
from ingestion.sources.bitbucket.shapes import COMMITS, CONTENT, Commit, news


def pull_request_commits(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `bitbucket/pull_request_commits`, one or more a pull request."""
    for host, place, pull_request, id_ in each_changed(at, since):
        path = f"{repository(place)}/pullrequests/{pull_request.id}/commits"
        for found, body in listed(host.api, path, COMMITS):
            yield Page(
                {
                    "host": [place.host] * len(found),
                    "pull_request_id": [id_] * len(found),
                    "commit_sha": [each.hash for each in found],
                    "author_account_id": [_account_id(each) for each in found],
                    "author_email": [
                        email(each.author.raw) if each.author else None
                        for each in found
                    ],
                    "authored_at": [each.date for each in found],
                },
                body=redact(body, CONTENT),
                unknown_fields=news(COMMITS.unknown_fields(body)),
            )


def _account_id(commit: Commit) -> str | None:
    """The author's account; None where the e-mail belongs to none."""
    user = commit.author.user if commit.author else None
    return user.account_id if user else None
