"""Tables of GitHub: pull requests with what was written, reviewed and merged."""

from ingestion.hosts.columns import (
    AUTHOR,
    COMMIT,
    COMMIT_ACCOUNT,
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

SOURCE = "github"

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
        ("full_name", "string", "Owner and name as of now."),
        ("default_branch", "string", "Branch that counts."),
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
        ("pull_request_id", "string", "Pull request."),
        *REPOSITORY,
        NUMBER,
        ("state", "string", "open or closed; merged is closed with a time of merge."),
        ("is_draft", "boolean", "Not yet ready for review."),
        *AUTHOR,
        *WORDS,
        (
            "merge_sha",
            "string",
            "Merge, squash or last rebased commit; null if not merged.",
        ),
        CREATED,
        ("merged_at", "timestamp", "Merged, UTC; null if not."),
        ("closed_at", "timestamp", "Closed, merged or not, UTC; null while open."),
        UPDATED,
    ),
)
PULL_REQUEST_SIZES = Table(
    SOURCE,
    "pull_request_sizes",
    "What a pull request changes, and when it was first ready; asked 50 at a time.",
    "entity",
    key=("host", "host_repository", "number"),
    columns=columns(
        HOST,
        HOST_REPOSITORY,
        NUMBER,
        ("added_lines", "bigint", "Lines added."),
        ("deleted_lines", "bigint", "Lines deleted."),
        ("changed_files", "bigint", "Files changed."),
        ("commits_n", "bigint", "Commits."),
        (
            "first_marked_as",
            "string",
            "ready or draft: how it was first marked after it was opened; null if never.",
        ),
        ("first_marked_at", "timestamp", "When, UTC."),
        ("updated_at", "timestamp", "Last update of the pull request, UTC."),
    ),
)
PULL_REQUEST_COMMITS = Table(
    SOURCE,
    "pull_request_commits",
    "Commits of a pull request's branch, 250 at most; a squash merge hides them.",
    "entity",
    key=("host", "pull_request_id", "commit_sha"),
    columns=columns(
        HOST,
        ("pull_request_id", "string", "Pull request."),
        COMMIT,
        COMMIT_ACCOUNT,
        *COMMIT_AUTHOR,
    ),
)
REVIEWS = Table(
    SOURCE,
    "reviews",
    "Submitted reviews. Texts are not kept; a pending one is not submitted.",
    "entity",
    key=("host", "pull_request_id", "review_id"),
    columns=columns(
        HOST,
        ("pull_request_id", "string", "Pull request."),
        ("review_id", "string", "Review."),
        ("reviewer_account_id", "string", "Reviewer; null if the account is deleted."),
        ("reviewer_kind", "string", KIND),
        ("state", "string", "APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED."),
        ("has_words", "boolean", "Has a text of its own, beside comments on lines."),
        ("submitted_at", "timestamp", "Submitted, UTC."),
    ),
)
ISSUES = Table(
    SOURCE,
    "issues",
    "Issues of the host itself, pull requests left out. Titles and texts are not kept.",
    "entity",
    key=("host", "issue_id"),
    columns=columns(
        HOST,
        ("issue_id", "string", "Issue."),
        *REPOSITORY,
        NUMBER,
        ("state", "string", "open or closed."),
        ("state_reason", "string", "completed, not_planned, …; null if not sent."),
        ("author_account_id", "string", "Author; null if the account is deleted."),
        ("assignee_account_id", "string", "First assignee; null if none."),
        CREATED,
        ("closed_at", "timestamp", "Closed, UTC; null while open."),
        UPDATED,
    ),
)
