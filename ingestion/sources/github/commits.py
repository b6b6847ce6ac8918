"""Commits of pull requests: who wrote what a squash merge makes one commit of."""

from collections.abc import Iterator

from ingestion.connector import Since
from ingestion.hosts.addresses import email
from ingestion.hosts.pages import joined
from ingestion.hosts.paging import link_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import Connection
from ingestion.sources.github.pull_requests import each_changed
from ingestion.sources.github.shapes import COMMITS, CONTENT, Commit, news


def pull_request_commits(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `github/pull_request_commits`."""
    return joined(_pages(at, since))


def _pages(at: Connection, since: Since | None) -> Iterator[Page]:
    """A page or more a pull request."""
    for host, place, pull_request in each_changed(at, since, OVERLAP):
        path = f"/repos/{place.name}/pulls/{pull_request.number}/commits"
        for answer in link_pages(host.api, path):
            found = COMMITS.read(answer.body)
            yield Page(
                {
                    "host": [place.host] * len(found),
                    "pull_request_id": [str(pull_request.id)] * len(found),
                    "commit_sha": [each.sha for each in found],
                    "author_account_id": [_account_id(each) for each in found],
                    "author_email": [_email(each) for each in found],
                    "authored_at": [
                        each.commit.author and each.commit.author.date for each in found
                    ],
                },
                body=redact(answer.body, CONTENT),
                unknown_fields=news(COMMITS.unknown_fields(answer.body)),
            )


def _account_id(commit: Commit) -> str | None:
    """The author's account; None where the e-mail belongs to none."""
    if commit.author is None or commit.author.id is None:
        return None
    return str(commit.author.id)


def _email(commit: Commit) -> str | None:
    return email(commit.commit.author.email) if commit.commit.author else None
