"""Tables of Bitbucket Cloud: pull requests with what was written, reviewed, merged."""

from ingestion.hosts.columns import (
    AUTHOR,
    COMMIT,
    COMMIT_ACCOUNT,
    COMMIT_AUTHOR,
    CREATED,
    HOST,
    KIND,
    NUMBER,
    REPOSITORY,
    UPDATED,
    WORDS,
)
from ingestion.table import Table, columns

SOURCE = "bitbucket"
PULL_REQUEST = (
    "pull_request_id",
    "string",
    "Pull request: id of the repository and number in it.",
)

REPOSITORIES = Table(
    SOURCE,
    "repositories",
    "Repositories as they are named now; a renamed one keeps its id.",
    "entity",
    key=("host", "repository_id"),
    columns=columns(
        HOST,
        ("repository_id", "string", "Repository."),
        *REPOSITORY,
        ("full_name", "string", "Workspace and name as of now."),
        ("default_branch", "string", "Branch that counts; null without commits."),
    ),
    is_census=True,
)
PULL_REQUESTS = Table(
    SOURCE,
    "pull_requests",
    "Pull requests at their newest known state. Titles, texts and branches are read for "
    "keys and reverts and not kept.",
    "entity",
    key=("host", "pull_request_id"),
    columns=columns(
        HOST,
        PULL_REQUEST,
        *REPOSITORY,
        NUMBER,
        ("state", "string", "OPEN, MERGED, DECLINED or SUPERSEDED."),
        ("is_draft", "boolean", "Not yet ready for review; null if not sent."),
        *AUTHOR,
        *WORDS,
        (
            "merge_sha",
            "string",
            "Merge or squash commit, often only its first twelve digits; null if not "
            "merged.",
        ),
        CREATED,
        UPDATED,
    ),
)
PULL_REQUEST_COMMITS = Table(
    SOURCE,
    "pull_request_commits",
    "Commits of a pull request's branch; a squash merge hides them.",
    "entity",
    key=("host", "pull_request_id", "commit_sha"),
    columns=columns(
        HOST,
        PULL_REQUEST,
        COMMIT,
        COMMIT_ACCOUNT,
        *COMMIT_AUTHOR,
    ),
)
ACTIVITIES = Table(
    SOURCE,
    "activities",
    "What happened to a pull request, one row per kind, account and instant. Texts are "
    "not kept.",
    "entity",
    key=("host", "pull_request_id", "activity_kind", "account_id", "happened_at"),
    optional=("account_id",),
    columns=columns(
        HOST,
        PULL_REQUEST,
        (
            "activity_kind",
            "string",
            "approved, changes_requested, commented, or a state that was set: open, "
            "draft, merged, declined, superseded.",
        ),
        ("account_id", "string", "Who; null if the account is deleted."),
        ("account_kind", "string", KIND),
        ("happened_at", "timestamp", "When, UTC."),
    ),
)
