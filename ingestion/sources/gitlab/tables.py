"""Tables of GitLab: merge requests with what was written, reviewed and merged."""

from ingestion.hosts.columns import (
    AUTHOR,
    COMMIT,
    COMMIT_AUTHOR,
    CREATED,
    HOST,
    HOST_REPOSITORY,
    KIND,
    NUMBER,
    REPOSITORY,
    UPDATED,
    WORDS,
)
from ingestion.table import Table, columns

SOURCE = "gitlab"

PROJECTS = Table(
    SOURCE,
    "projects",
    "Projects as they are named now; a moved one keeps its id.",
    "entity",
    key=("host", "project_id"),
    columns=columns(
        HOST,
        ("project_id", "string", "Project."),
        *REPOSITORY,
        ("full_name", "string", "Path with groups as of now."),
        ("default_branch", "string", "Branch that counts; null without commits."),
    ),
    is_census=True,
)
MERGE_REQUESTS = Table(
    SOURCE,
    "merge_requests",
    "Merge requests at their newest known state. Titles, texts and branches are read for "
    "keys and reverts and not kept.",
    "entity",
    key=("host", "merge_request_id"),
    columns=columns(
        HOST,
        ("merge_request_id", "string", "Merge request."),
        *REPOSITORY,
        NUMBER,
        ("state", "string", "opened, closed, merged or locked."),
        ("is_draft", "boolean", "Not yet ready for review."),
        *AUTHOR,
        *WORDS,
        (
            "merge_sha",
            "string",
            "Merge or squash commit, or the last one of the branch where it was merged "
            "without either; null if not merged.",
        ),
        CREATED,
        ("merged_at", "timestamp", "Merged, UTC; null if not."),
        ("closed_at", "timestamp", "Closed without a merge, UTC; null if not."),
        UPDATED,
    ),
)
MERGE_REQUEST_SIZES = Table(
    SOURCE,
    "merge_request_sizes",
    "What a merge request changes; asked 50 at a time.",
    "entity",
    key=("host", "host_repository", "number"),
    columns=columns(
        HOST,
        HOST_REPOSITORY,
        NUMBER,
        ("added_lines", "bigint", "Lines added; null if not counted."),
        ("deleted_lines", "bigint", "Lines deleted; null if not counted."),
        ("changed_files", "bigint", "Files changed; null if not counted."),
        ("commits_n", "bigint", "Commits; null if not counted."),
        ("updated_at", "timestamp", "Last update of the merge request, UTC."),
    ),
)
MERGE_REQUEST_COMMITS = Table(
    SOURCE,
    "merge_request_commits",
    "Commits of a merge request's branch. The host names no account of their authors.",
    "entity",
    key=("host", "merge_request_id", "commit_sha"),
    columns=columns(
        HOST,
        ("merge_request_id", "string", "Merge request."),
        COMMIT,
        *COMMIT_AUTHOR,
    ),
)
NOTES = Table(
    SOURCE,
    "notes",
    "Comments and the host's notes of approvals, requests for changes and readiness. "
    "Texts are not kept.",
    "entity",
    key=("host", "merge_request_id", "note_id"),
    columns=columns(
        HOST,
        ("merge_request_id", "string", "Merge request."),
        ("note_id", "string", "Note."),
        ("author_account_id", "string", "Who; null if the account is deleted."),
        ("author_kind", "string", KIND),
        (
            "note_kind",
            "string",
            "commented, approved, unapproved, changes_requested, ready or draft.",
        ),
        ("created_at", "timestamp", "When, UTC."),
    ),
)
