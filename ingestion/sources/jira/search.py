"""Issues: those updated since a time, some by id, or the ids of all."""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from ingestion.errors import Misconfigured
from ingestion.page import Page
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.estimates import FieldChoice
from ingestion.sources.jira.instants import naive_utc, utc
from ingestion.sources.jira.results import Search, among, in_projects, results, since
from ingestion.sources.jira.shapes import (
    FOUND,
    UPDATED,
    Account,
    Issue,
    Sprint,
    issues_shape,
    news,
)

BY_UPDATE: Final = "updated ASC, id ASC"
FIELDS: Final = (
    "created", "updated", "resolutiondate", "status", "issuetype", "project", "parent",
    "priority", "resolution", "assignee", "creator",
)  # fmt: skip
ISSUES_PER_PAGE: Final = 100
IDS_PER_PAGE: Final = 5000
TIMES_PER_PAGE: Final = 1000  # Data Center's own limit
ID_OF_TEXT: Final = re.compile(r"[\[,]id=(\d+)")  # Sprint@7eede03a[id=2,rapidViewId=1,…


def issues(
    api: Jira,
    site: str,
    choice: FieldChoice,
    updated_since: datetime | None,
    projects: Sequence[str] = (),
    *,
    counts_comments: bool = False,
) -> Iterator[Page]:
    """Issues updated since a UTC time, an hour before it included; None: all issues.

    `projects` are keys or ids; none named means all that the account can see. There is
    no upper bound, so that no clock or time zone can hide an issue. To count comments,
    Jira has to send them; they are neither decoded nor stored.
    """
    bounds = _bounds(projects, updated_since)
    return _pages(api, site, choice, bounds, counts_comments)


def issues_among(
    api: Jira,
    site: str,
    choice: FieldChoice,
    issue_ids: Sequence[str],
    *,
    counts_comments: bool = False,
) -> Iterator[Page]:
    """These issues, as far as they exist and may be seen."""
    for start in range(0, len(issue_ids), ISSUES_PER_PAGE):
        bounds = (among(issue_ids[start : start + ISSUES_PER_PAGE]),)
        yield from _pages(api, site, choice, bounds, counts_comments)


def census(api: Jira, projects: Sequence[str] = ()) -> list[str]:
    """The ids of all issues that exist and may be seen, in `projects` if any are named.

    Issues of projects that are not visible are not among them and still exist.
    """
    bounds = _bounds(projects, None)
    if api.is_cloud:
        ids = Search(bounds, "id ASC", ("id",), IDS_PER_PAGE)
        pages = results(api, ids, FOUND)
        return _once(issue.id for found, _ in pages for issue in found.issues)
    by_time = Search(bounds, BY_UPDATE, ("updated",), TIMES_PER_PAGE)
    updated = results(api, by_time, UPDATED)
    return _once(issue.id for found, _ in updated for issue in found.issues)


def newest_issue(
    api: Jira, projects: Sequence[str] = ()
) -> tuple[str, datetime] | None:
    """Id and UTC time of the last update; None where no issue can be seen."""
    search = Search(_bounds(projects, None), "updated DESC", ("updated",), 1)
    for found, _ in results(api, search, UPDATED):
        for issue in found.issues:
            return issue.id, naive_utc(issue.fields.updated, "updated")
    return None


def _pages(
    api: Jira,
    site: str,
    choice: FieldChoice,
    bounds: Sequence[str],
    counts_comments: bool,
) -> Iterator[Page]:
    """The pages of a search for issues."""
    points, sprints = choice.story_points, next(iter(choice.sprints), None)
    own = [name for name in (points, sprints) if name is not None]
    fields = (*FIELDS, *own, *(("comment",) if counts_comments else ()))
    shape = issues_shape(points, sprints)
    search = Search(bounds, BY_UPDATE, fields, ISSUES_PER_PAGE)
    for found, body in results(api, search, shape):
        yield Page(
            _columns(site, found.issues, points),
            body=stored(body),
            unknown_fields=news(shape.unknown_fields(body)),
        )


def _bounds(projects: Sequence[str], updated_since: datetime | None) -> tuple[str, ...]:
    """The conditions; at least one, since Jira refuses to search without a bound."""
    named = (in_projects(projects),) if projects else ()
    if updated_since is None and projects:
        return named
    return (*named, since(updated_since))


def _once(ids: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(ids))


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
        "assignee_account_id": [_account_id(site, f.assignee) for f in fields],
        "creator_account_id": [_account_id(site, f.creator) for f in fields],
        "story_points": [_points(issue, points) for issue in issues],
        "sprint_ids": [_sprint_ids(f.sprints) for f in fields],
        "comments_n": [f.comment and f.comment.total for f in fields],
        "created_at": utc([f.created for f in fields], "created"),
        "updated_at": utc([f.updated for f in fields], "updated"),
        "resolved_at": utc([f.resolutiondate for f in fields], "resolutiondate"),
    }


def _account_id(site: str, account: Account | None) -> str | None:
    """The id of an account; None where it is deleted or was never set."""
    return account.id_at(site) if account else None


def _sprint_ids(sprints: Sequence[Sprint | str] | None) -> str | None:
    """The ids of all sprints the issue ever was in, ascending, comma between."""
    found: set[int] = set()
    for sprint in sprints or ():
        if isinstance(sprint, Sprint):
            found.add(sprint.id)
        elif named := ID_OF_TEXT.search(sprint):
            found.add(int(named[1]))
    return ",".join(map(str, sorted(found))) or None


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
