"""What is read of GitHub's answers, typed; other fields pass unread."""

from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.hosts.graph import PageInfo


class Account(Struct, gc=False):
    """An account; the login can be renamed and used again, the id cannot."""

    id: int
    login: str
    type: str


class Branch(Struct, gc=False):
    """The branch of a pull request."""

    ref: str


class Repository(Struct, gc=False):
    """A repository."""

    id: int
    full_name: str
    default_branch: str


class PullRequest(Struct):
    """A pull request of a list; a merged one has a time of merge."""

    id: int
    number: int
    state: str
    title: str
    head: Branch
    created_at: datetime
    updated_at: datetime
    user: Account | None = None
    body: str | None = None
    draft: bool | None = None
    merge_commit_sha: str | None = None
    merged_at: datetime | None = None
    closed_at: datetime | None = None


class Signature(Struct, gc=False):
    """Who wrote a commit, as Git has it."""

    email: str | None = None
    date: datetime | None = None


class GitCommit(Struct, gc=False):
    """The commit of Git behind a commit of the host."""

    author: Signature | None = None


class Reference(Struct, gc=False):
    """An account by id; an empty object where the host could not match one."""

    id: int | None = None


class Commit(Struct):
    """A commit of a pull request."""

    sha: str
    commit: GitCommit
    author: Reference | None = None


class Review(Struct):
    """A review; a pending one has no time."""

    id: int
    state: str
    user: Account | None = None
    body: str | None = None
    submitted_at: datetime | None = None


class Marker(Struct, gc=False):
    """That something is there."""


class Issue(Struct):
    """An issue, or a pull request as an issue."""

    id: int
    number: int
    state: str
    created_at: datetime
    updated_at: datetime
    user: Account | None = None
    assignee: Reference | None = None
    state_reason: str | None = None
    closed_at: datetime | None = None
    pull_request: Marker | None = None


class Count(Struct, gc=False):
    """How many there are."""

    totalCount: int


class Marked(Struct, gc=False):
    """That it was marked as draft or as ready for review."""

    kind: str = msgspec.field(name="__typename")
    createdAt: datetime | None = None


class Events(Struct):
    """Events of a pull request."""

    nodes: list[Marked | None]


class Size(Struct):
    """What a pull request changes."""

    number: int
    updatedAt: datetime
    additions: int
    deletions: int
    changedFiles: int
    commits: Count
    timelineItems: Events


class Sizes(Struct):
    """One page of sizes."""

    nodes: list[Size]
    pageInfo: PageInfo


class SizedRepository(Struct):
    """The repository of the sizes."""

    pullRequests: Sizes


class Found(Struct):
    """What was asked for; None where the token may not see it."""

    repository: SizedRepository | None


class SizesAnswer(Struct):
    """The answer of GraphQL, errors apart."""

    data: Found


REPOSITORY: Final = Shape(Repository, "github/repositories")
PULL_REQUESTS: Final = Shape(list[PullRequest], "github/pull_requests")
COMMITS: Final = Shape(list[Commit], "github/pull_request_commits")
REVIEWS: Final = Shape(list[Review], "github/reviews")
ISSUES: Final = Shape(list[Issue], "github/issues")
SIZES: Final = Shape(SizesAnswer, "github/pull_request_sizes")

# The last part of the names of fields that are known and not read.
UNREAD: Final = frozenset(
    {
        "_links", "active_lock_reason", "allow_auto_merge", "allow_forking",
        "allow_merge_commit", "allow_rebase_merge", "allow_squash_merge",
        "allow_update_branch", "archive_url", "archived", "assignee", "assignees",
        "assignees_url", "author_association", "auto_merge", "avatar_url", "base",
        "blobs_url", "body", "body_html", "body_text", "branches_url", "clone_url",
        "closed_by", "collaborators_url", "comment_count", "comments", "comments_url",
        "commit_id", "commits_url", "committer", "compare_url", "contents_url",
        "contributors_url", "cost", "created_at", "custom_properties",
        "delete_branch_on_merge", "deployments_url", "description", "diff_url",
        "disabled", "downloads_url", "draft", "email", "errors", "events_url",
        "followers_url", "following_url", "fork", "forks", "forks_count", "forks_url",
        "gists_url", "git_commits_url", "git_refs_url", "git_tags_url", "git_url",
        "gravatar_id", "has_discussions", "has_downloads", "has_issues", "has_pages",
        "has_projects", "has_wiki", "homepage", "hooks_url", "href", "html_url", "id",
        "is_template", "issue_comment_url", "issue_dependencies_summary",
        "issue_events_url", "issue_url", "issues_url", "keys_url", "label", "labels",
        "labels_url", "language", "languages_url", "license", "locked", "login",
        "merge_commit_message", "merge_commit_title", "merged_by", "merges_url",
        "message", "milestone", "milestones_url", "mirror_url", "name", "network_count",
        "nodeCount", "node_id", "notifications_url", "open_issues", "open_issues_count",
        "organization", "organizations_url", "owner", "parent", "parents", "patch_url",
        "performed_via_github_app", "permissions", "private", "pull_request_url",
        "pulls_url", "pushed_at", "rateLimit", "reactions", "received_events_url",
        "releases_url", "remaining", "repo", "repos_url", "repository_url",
        "requested_reviewers", "requested_teams", "resetAt", "review_comment_url",
        "review_comments_url", "security_and_analysis", "sha", "site_admin", "size",
        "source", "squash_merge_commit_message", "squash_merge_commit_title", "ssh_url",
        "stargazers_count", "stargazers_url", "starred_url", "statuses_url",
        "sub_issues_summary", "subscribers_count", "subscribers_url",
        "subscription_url", "subscriptions_url", "svn_url", "tags_url", "teams_url",
        "temp_clone_token", "template_repository", "timeline_url", "title", "topics",
        "tree", "trees_url", "type", "updated_at", "url",
        "use_squash_pr_title_as_default", "user", "user_view_type", "verification",
        "visibility", "watchers", "watchers_count", "web_commit_signoff_required",
    }
)  # fmt: skip
# Titles, texts, names and links are people's words or lead to them.
CONTENT: Final = frozenset(
    {
        "_links", "avatar_url", "body", "body_html", "body_text", "closed_by",
        "description", "diff_url", "head", "homepage", "label", "labels", "login",
        "message", "milestone", "name", "patch_url", "reactions", "title",
        "verification",
    }
)  # fmt: skip


def news(unknown: frozenset[str]) -> frozenset[str]:
    """Of the fields that are not read those that nobody decided not to read."""
    return frozenset(path for path in unknown if path.rpartition(".")[2] not in UNREAD)
