"""Issues of GitHub itself; the list also holds pull requests, which are left out."""

from collections.abc import Iterator

from ingestion.connector import Since
from ingestion.hosts.paging import link_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.hosts.settings import places
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import Connection
from ingestion.sources.github.shapes import CONTENT, ISSUES, Account, Reference, news


def issues(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `github/issues`: those updated since a time, newest first."""
    for host in at.hosts:
        for place in places(host.named, since):
            params = [
                ("state", "all"),
                ("sort", "updated"),
                ("direction", "desc"),
                ("since", f"{place.since - OVERLAP:%Y-%m-%dT%H:%M:%SZ}"),
            ]
            for answer in link_pages(host.api, f"/repos/{place.name}/issues", params):
                listed = ISSUES.read(answer.body)
                found = [each for each in listed if each.pull_request is None]
                yield Page(
                    {
                        "host": [place.host] * len(found),
                        "issue_id": [str(each.id) for each in found],
                        "host_repository": [place.name] * len(found),
                        "repository": [place.repository] * len(found),
                        "number": [each.number for each in found],
                        "state": [each.state for each in found],
                        "state_reason": [each.state_reason for each in found],
                        "author_account_id": [_id(each.user) for each in found],
                        "assignee_account_id": [_id(each.assignee) for each in found],
                        "created_at": [each.created_at for each in found],
                        "closed_at": [each.closed_at for each in found],
                        "updated_at": [each.updated_at for each in found],
                    },
                    body=redact(answer.body, CONTENT),
                    unknown_fields=news(ISSUES.unknown_fields(answer.body)),
                )


def _id(account: Account | Reference | None) -> str | None:
    return None if account is None or account.id is None else str(account.id)
