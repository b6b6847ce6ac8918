"""Submitted reviews of pull requests.

Edits and dismissals do not move a pull request's last update, so those of the last
thirty days are read again.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ingestion.connector import Since
from ingestion.hosts.paging import link_pages
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.github.connection import Connection
from ingestion.sources.github.pull_requests import account, each_changed
from ingestion.sources.github.shapes import CONTENT, REVIEWS, news

EDITABLE: Final = timedelta(days=30)
PENDING: Final = "PENDING"


def reviews(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `github/reviews`, one or more a pull request."""
    for host, place, pull_request in each_changed(at, since, EDITABLE):
        path = f"/repos/{place.name}/pulls/{pull_request.number}/reviews"
        for answer in link_pages(host.api, path):
            found = [r for r in REVIEWS.read(answer.body) if r.state != PENDING]
            reviewers = [account(host, each.user) for each in found]
            yield Page(
                {
                    "host": [place.host] * len(found),
                    "pull_request_id": [str(pull_request.id)] * len(found),
                    "review_id": [str(each.id) for each in found],
                    "reviewer_account_id": [id_ for id_, _ in reviewers],
                    "reviewer_kind": [kind for _, kind in reviewers],
                    "state": [each.state for each in found],
                    "has_words": [bool((each.body or "").strip()) for each in found],
                    "submitted_at": [each.submitted_at for each in found],
                },
                body=redact(answer.body, CONTENT),
                unknown_fields=news(REVIEWS.unknown_fields(answer.body)),
            )
