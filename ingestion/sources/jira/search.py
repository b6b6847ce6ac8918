"""Issues by JQL: those updated since a time, or the ids of all."""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, Unavailable
from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import token_pages
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.instants import naive_utc, utc
from ingestion.sources.jira.shapes import (
    FOUND,
    UPDATED,
    Account,
    Issue,
    SearchPage,
    issues_shape,
    news,
)

PATH: Final = "/rest/api/3/search/jql"
FIELDS: Final = (
    "created", "updated", "resolutiondate", "status", "issuetype", "project", "parent",
    "priority", "resolution", "assignee", "creator",
)  # fmt: skip
ISSUES_PER_PAGE: Final = 100
IDS_PER_PAGE: Final = 5000
# The search index lags behind, and updates move issues while pages are read.
OVERLAP: Final = timedelta(minutes=60)
MOST_EMPTY_PAGES: Final = 20  # in a row; some come with a token, none without end

Item = TypeVar("Item")


def issues(
    api: Api,
    site: str,
    story_points_field: str | None,
    updated_since: datetime | None,
    projects: Sequence[str] = (),
) -> Iterator[Page]:
    """Issues updated since a UTC time, an hour before it included; None: all issues.

    `projects` are keys or ids; none named means all that the account can see. There is
    no upper bound, so that no clock or time zone can hide an issue.
    """
    shape = issues_shape(story_points_field)
    extra = () if story_points_field is None else (story_points_field,)
    query = {
        "jql": f"{_bounds(projects, updated_since)} ORDER BY updated ASC, id ASC",
        "fields": [*FIELDS, *extra],
        "maxResults": ISSUES_PER_PAGE,
    }
    for found, body in _pages(api, query, shape):
        yield Page(
            _columns(site, found.issues, story_points_field),
            body=stored(body),
            unknown_fields=news(shape.unknown_fields(body)),
        )


def census(api: Api, site: str, projects: Sequence[str] = ()) -> list[str]:
    """The ids of all issues that exist and may be seen, in `projects` if any are named.

    Ask project by project, of those that are visible: an issue missing from a project
    that vanished is lost access, not a deletion.
    """
    query = {
        "jql": f"{_bounds(projects, None)} ORDER BY id ASC",
        "fields": ["id"],
        "maxResults": IDS_PER_PAGE,
    }
    pages = _pages(api, query, FOUND)
    return list(dict.fromkeys(issue.id for found, _ in pages for issue in found.issues))


def newest_issue(api: Api, projects: Sequence[str] = ()) -> tuple[str, datetime] | None:
    """Id and UTC time of the last update; None where no issue can be seen."""
    query = {
        "jql": f"{_bounds(projects, None)} ORDER BY updated DESC",
        "fields": ["updated"],
        "maxResults": 1,
    }
    for found, _ in _pages(api, query, UPDATED):
        for issue in found.issues:
            return issue.id, naive_utc(issue.fields.updated, "updated")
    return None


def _bounds(projects: Sequence[str], since: datetime | None) -> str:
    """The conditions; at least one, since Jira refuses to search without a bound."""
    clauses: list[str] = []
    if projects:
        quoted = (p.replace("\\", r"\\").replace('"', r"\"") for p in projects)
        clauses.append("project in (" + ", ".join(f'"{p}"' for p in quoted) + ")")
    if since is not None or not projects:
        clauses.append(f"updated >= {_milliseconds(since)}")
    return " AND ".join(clauses)


def _milliseconds(since: datetime | None) -> int:
    """The cursor as JQL reads it in any zone: epoch milliseconds, the overlap off."""
    if since is None:
        return 0
    at = since if since.tzinfo else since.replace(tzinfo=UTC)
    return max(0, math.floor((at - OVERLAP).timestamp() * 1000))


def _pages(
    api: Api, query: dict[str, Any], shape: Shape[SearchPage[Item]]
) -> Iterator[tuple[SearchPage[Item], bytes]]:
    """Every page of the search with its body."""
    empty = 0

    def fetch(
        token: str | None,
    ) -> tuple[tuple[SearchPage[Item], bytes], str | None]:
        nonlocal empty
        cursor = {} if token is None else {"nextPageToken": token}
        body = api.post(PATH, {**query, **cursor}).body
        found = shape.read(body)
        empty = 0 if found.issues else empty + 1
        if empty > MOST_EMPTY_PAGES and found.nextPageToken:
            raise Unavailable(
                "jira",
                f"POST {PATH}: {empty} empty pages in a row, each with a next one.",
                fix="run again later; nothing of this pull was kept.",
            )
        return (found, body), found.nextPageToken or None

    return token_pages(fetch, api.source)


def _columns(
    site: str, issues: Sequence[Issue[Any]], points: str | None
) -> dict[str, list[Any]]:
    fields = [issue.fields for issue in issues]
    statuses = [f.status for f in fields]
    return {
        "site": [site] * len(issues),
        "issue_id": [issue.id for issue in issues],
        "issue_key": [issue.key for issue in issues],
        "project_id": [f.project.id for f in fields],
        "project_key": [f.project.key for f in fields],
        "issue_type_id": [f.issuetype.id for f in fields],
        "issue_type_name": [f.issuetype.name for f in fields],
        "is_subtask": [f.issuetype.subtask for f in fields],
        "parent_issue_id": [f.parent and f.parent.id for f in fields],
        "status_id": [status.id for status in statuses],
        "status_name": [status.name for status in statuses],
        "status_category_id": [str(s.statusCategory.id) for s in statuses],
        "status_category_key": [s.statusCategory.key for s in statuses],
        "resolution_name": [f.resolution and f.resolution.name for f in fields],
        "priority_name": [f.priority and f.priority.name for f in fields],
        "assignee_account_id": [_account_id(f.assignee) for f in fields],
        "creator_account_id": [_account_id(f.creator) for f in fields],
        "story_points": [_points(issue, points) for issue in issues],
        "created_at": utc([f.created for f in fields], "created"),
        "updated_at": utc([f.updated for f in fields], "updated"),
        "resolved_at": utc([f.resolutiondate for f in fields], "resolutiondate"),
    }


def _account_id(account: Account | None) -> str | None:
    """The id of an account; None where it is deleted or was never set."""
    return (account.accountId or None) if account else None


def _points(issue: Issue[Any], field: str | None) -> float | None:
    """The estimate; raises Misconfigured where the field holds no number."""
    points = issue.fields.story_points
    if points is None or points == "":
        return None
    try:
        number = float(points)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Misconfigured(
            "jira",
            f"the story point field of {issue.key} holds no number.",
            fix="set story_points_field to a number field of this site.",
            field=field,
        )
    return number
