"""Commits made in Cursor, with the lines that AI wrote: AI code tracking, Enterprise
only and still an alpha. Commit messages are content and are neither read nor kept."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from ingestion.decoding import Shape
from ingestion.errors import MissingPermission
from ingestion.http import Api
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.cursor.connection import Plan
from ingestion.sources.cursor.listing import PAGE_SIZE, Listed, listed
from ingestion.sources.cursor.numbers import user_id
from ingestion.sources.cursor.tables import AI_CODE_COMMITS
from ingestion.window import Window

PATH: Final = "/analytics/ai-code/commits"
CONTENT: Final = frozenset({"message"})
NO_COMMITS: Final = "the vendor reports no commits"
NOT_IN_PLAN: Final = "AI code tracking is not part of the configured plan"
FIX: Final = (
    "AI code tracking needs the Enterprise plan with the feature switched on; without "
    "it set `plan: teams` for this source, and this table is not asked for."
)


class Commit(Struct, gc=False):
    """One commit as the editor saw it."""

    commitHash: str
    userId: int | str
    userEmail: str | None
    commitTs: Annotated[datetime, Meta(tz=True)]
    totalLinesAdded: int
    totalLinesDeleted: int
    repoName: str | None = None
    branchName: str | None = None
    isPrimaryBranch: bool | None = None
    commitSource: str | None = None
    createdAt: Annotated[datetime, Meta(tz=True)] | None = None
    tabLinesAdded: int | None = None
    tabLinesDeleted: int | None = None
    composerLinesAdded: int | None = None
    composerLinesDeleted: int | None = None
    nonAiLinesAdded: int | None = None
    nonAiLinesDeleted: int | None = None


class Commits(Struct):
    """A page of commits; whether more follow has to be counted."""

    items: list[Commit]
    totalCount: int
    page: int | None = None


COMMITS: Final = Shape(Commits, AI_CODE_COMMITS.path)
_UNREAD: Final = frozenset({"pageSize", "items[].message"})
_FIELDS: Final = {
    "commit_hash": "commitHash",
    "repo_name": "repoName",
    "branch_name": "branchName",
    "is_primary_branch": "isPrimaryBranch",
    "commit_source": "commitSource",
    "user_email": "userEmail",
    "committed_at": "commitTs",
    "created_at": "createdAt",
    "total_lines_added": "totalLinesAdded",
    "total_lines_deleted": "totalLinesDeleted",
    "tab_lines_added": "tabLinesAdded",
    "tab_lines_deleted": "tabLinesDeleted",
    "composer_lines_added": "composerLinesAdded",
    "composer_lines_deleted": "composerLinesDeleted",
    "non_ai_lines_added": "nonAiLinesAdded",
    "non_ai_lines_deleted": "nonAiLinesDeleted",
}


def ai_code_commits(
    api: Api, window: Window, plan: Plan = "enterprise"
) -> Iterator[Page]:
    """Pages of `cursor/ai_code_commits`; one without rows where the plan has none."""
    if plan != "enterprise":
        yield Page(_columns(()), note=NOT_IN_PLAN)
        return
    try:
        pages = listed(f"GET {PATH}", lambda number: _page(api, window, number))
    except MissingPermission as error:
        raise MissingPermission(error.source, error.problem, fix=FIX) from None
    for found in pages:
        rows = [row for row in found.rows if row.commitTs < window.ending_at]
        yield Page(
            _columns(rows),
            body=redact(found.body, CONTENT),
            unknown_fields=COMMITS.unknown_fields(found.body) - _UNREAD,
            note="" if rows else NO_COMMITS,
        )


def _page(api: Api, window: Window, number: int) -> Listed[Commit]:
    # The last day may be inclusive or not: one more is asked for, and left out after.
    params = [
        ("startDate", window.first.isoformat()),
        ("endDate", (window.last + timedelta(days=1)).isoformat()),
        ("page", str(number)),
        ("pageSize", str(PAGE_SIZE)),
    ]
    body = api.get(PATH, params).body
    answer = COMMITS.read(body)
    has_more = bool(answer.items) and number * PAGE_SIZE < answer.totalCount
    return Listed(answer.items, body, has_more, answer.page)


def _columns(rows: Sequence[Commit]) -> dict[str, list[Any]]:
    return {
        "commit_date": [row.commitTs.astimezone(UTC).date() for row in rows],
        "user_id": [user_id(row.userId) for row in rows],
        **{
            name: [getattr(row, field) for row in rows]
            for name, field in _FIELDS.items()
        },
    }
