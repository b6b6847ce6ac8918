"""What happened to pull requests: approvals, comments, and when they were merged, which
the pull request itself does not say."""

from collections.abc import Iterator
from datetime import datetime

from ingestion.connector import Since
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.bitbucket.connection import (
    Connection,
    account,
    listed,
    repository,
)
from ingestion.sources.bitbucket.pull_requests import each_changed
from ingestion.sources.bitbucket.shapes import (
    ACTIVITIES,
    CONTENT,
    Account,
    Activity,
    news,
)


def activities(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `bitbucket/activities`, one or more a pull request."""
    for host, place, pull_request, id_ in each_changed(at, since):
        path = f"{repository(place)}/pullrequests/{pull_request.id}/activity"
        for found, body in listed(host.api, path, ACTIVITIES):
            told = [each for activity in found if (each := happened(activity))]
            accounts = [account(host, user) for _, user, _ in told]
            yield Page(
                {
                    "host": [place.host] * len(told),
                    "pull_request_id": [id_] * len(told),
                    "activity_kind": [kind for kind, _, _ in told],
                    "account_id": [account_id for account_id, _ in accounts],
                    "account_kind": [kind for _, kind in accounts],
                    "happened_at": [at for _, _, at in told],
                },
                body=redact(body, CONTENT),
                unknown_fields=news(ACTIVITIES.unknown_fields(body)),
            )


def happened(activity: Activity) -> tuple[str, Account | None, datetime] | None:
    """(kind, who, when); None for a kind that is not known."""
    if update := activity.update:
        kind = "draft" if update.draft else update.state.lower()
        return kind, update.author, update.date
    if approval := activity.approval:
        return "approved", approval.user, approval.date
    if request := activity.changes_requested:
        return "changes_requested", request.user, request.date
    if comment := activity.comment:
        return "commented", comment.user, comment.created_on
    return None
