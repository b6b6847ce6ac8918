"""What is read of GitLab's answers, typed; other fields pass unread."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.hosts.graph import PageInfo

GHOST: Final = "ghost"  # who gets the work of deleted accounts


class Account(Struct, gc=False):
    """An account."""

    id: int
    username: str


class Project(Struct, gc=False):
    """A project."""

    id: int
    path_with_namespace: str
    default_branch: str | None = None


class MergeRequest(Struct):
    """A merge request."""

    id: int
    iid: int
    state: str
    title: str
    source_branch: str
    created_at: datetime
    updated_at: datetime
    author: Account | None = None
    description: str | None = None
    draft: bool | None = None
    sha: str | None = None
    merge_commit_sha: str | None = None
    squash_commit_sha: str | None = None
    merged_at: datetime | None = None
    closed_at: datetime | None = None


class Commit(Struct, gc=False):
    """A commit of a merge request."""

    id: str
    author_email: str | None = None
    authored_date: datetime | None = None


class Note(Struct):
    """A comment, or what the host itself notes of an action."""

    id: int
    system: bool
    body: str
    created_at: datetime
    author: Account | None = None


class DiffStats(Struct, gc=False):
    """Lines and files."""

    additions: int
    deletions: int
    fileCount: int


class Size(Struct):
    """What a merge request changes; nothing while it is still being worked out."""

    iid: str
    updatedAt: datetime
    diffStatsSummary: DiffStats | None = None
    commitCount: int | None = None


class Sizes(Struct):
    """One page of sizes."""

    nodes: list[Size]
    pageInfo: PageInfo


class SizedProject(Struct):
    """The project of the sizes."""

    mergeRequests: Sizes


class Found(Struct):
    """What was asked for; None where the token may not see it."""

    project: SizedProject | None


class SizesAnswer(Struct):
    """The answer of GraphQL, errors apart."""

    data: Found


PROJECT: Final = Shape(Project, "gitlab/projects")
MERGE_REQUESTS: Final = Shape(list[MergeRequest], "gitlab/merge_requests")
COMMITS: Final = Shape(list[Commit], "gitlab/merge_request_commits")
NOTES: Final = Shape(list[Note], "gitlab/notes")
SIZES: Final = Shape(SizesAnswer, "gitlab/merge_request_sizes")

# The last part of the names of fields that are known and not read.
UNREAD: Final = frozenset(
    {
        "_links", "allow_collaboration", "allow_maintainer_to_push",
        "approvals_before_merge", "archived", "assignee", "assignees", "attachment",
        "author", "author_name", "avatar_url", "blocking_discussions_resolved",
        "changes_count", "closed_by", "commands_changes", "commit_id", "committed_date",
        "committer_email", "committer_name", "confidential", "created_at", "creator_id",
        "description", "description_html", "detailed_merge_status", "diff_refs",
        "discussion_locked", "downvotes", "draft", "empty_repo", "extended_trailers",
        "first_contribution", "first_deployed_to_production_at",
        "force_remove_source_branch", "forks_count", "has_conflicts", "head_pipeline",
        "http_url_to_repo", "id", "iid", "imported", "imported_from", "internal",
        "issues_enabled", "labels", "last_activity_at", "latest_build_finished_at",
        "latest_build_started_at", "locked", "merge_after", "merge_error",
        "merge_status", "merge_user", "merge_when_pipeline_succeeds", "merged_by",
        "message", "milestone", "name", "name_with_namespace", "namespace",
        "noteable_id", "noteable_iid", "noteable_type", "open_issues_count",
        "parent_ids", "path", "pipeline", "position", "prepared_at", "project_id",
        "public_email", "readme_url", "reference", "references", "resolvable",
        "resolved", "resolved_at", "resolved_by", "reviewers", "short_id",
        "should_remove_source_branch", "source_project_id", "squash", "squash_on_merge",
        "ssh_url_to_repo", "star_count", "state", "subscribed", "suggestions",
        "tag_list", "target_branch", "target_project_id", "task_completion_status",
        "time_stats", "title", "topics", "trailers", "type", "updated_at", "upvotes",
        "user", "user_notes_count", "visibility", "web_url", "work_in_progress",
    }
)  # fmt: skip
# Titles, texts, names and links are people's words or lead to them.
CONTENT: Final = frozenset(
    {
        "attachment", "author_name", "avatar_url", "body", "committer_name",
        "description", "description_html", "labels", "message", "milestone", "name",
        "source_branch", "suggestions", "title", "username", "web_url",
    }
)  # fmt: skip


def news(unknown: frozenset[str]) -> frozenset[str]:
    """Of the fields that are not read those that nobody decided not to read."""
    return frozenset(path for path in unknown if path.rpartition(".")[2] not in UNREAD)
