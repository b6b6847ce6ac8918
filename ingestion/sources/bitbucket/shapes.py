"""What is read of Bitbucket's answers, typed; other fields pass unread."""

from datetime import datetime
from typing import Final, Generic, TypeVar

from msgspec import Struct

from ingestion.decoding import Shape

Item = TypeVar("Item")


class Account(Struct, gc=False):
    """An account: its id is the one that Jira knows. Apps are machines."""

    uuid: str
    type: str | None = None
    account_id: str | None = None
    nickname: str | None = None


class Branch(Struct, gc=False):
    """A branch."""

    name: str


class Source(Struct, gc=False):
    """Where a pull request comes from; the branch may be gone."""

    branch: Branch | None = None


class Summary(Struct, gc=False):
    """A text."""

    raw: str | None = None


class Hash(Struct, gc=False):
    """A commit."""

    hash: str


class Repository(Struct, gc=False):
    """A repository."""

    uuid: str
    full_name: str
    mainbranch: Branch | None = None


class PullRequest(Struct):
    """A pull request."""

    id: int
    state: str
    title: str
    source: Source
    created_on: datetime
    updated_on: datetime
    author: Account | None = None
    summary: Summary | None = None
    draft: bool | None = None
    merge_commit: Hash | None = None


class Author(Struct, gc=False):
    """Who wrote a commit: `Name <address>`, and the account if it has one."""

    raw: str | None = None
    user: Account | None = None


class Commit(Struct):
    """A commit of a pull request."""

    hash: str
    date: datetime | None = None
    author: Author | None = None


class Update(Struct):
    """A state that was set."""

    state: str
    date: datetime
    author: Account | None = None
    draft: bool | None = None


class Decision(Struct):
    """An approval, or a request for changes."""

    date: datetime
    user: Account | None = None


class Comment(Struct):
    """A comment."""

    created_on: datetime
    user: Account | None = None


class Activity(Struct):
    """Something that happened: one of these is there."""

    update: Update | None = None
    approval: Decision | None = None
    changes_requested: Decision | None = None
    comment: Comment | None = None


class Listed(Struct, Generic[Item]):
    """One page of a list; the last names no next one."""

    values: list[Item]
    next: str | None = None


REPOSITORY: Final = Shape(Repository, "bitbucket/repositories")
PULL_REQUESTS: Final = Shape(Listed[PullRequest], "bitbucket/pull_requests")
COMMITS: Final = Shape(Listed[Commit], "bitbucket/pull_request_commits")
ACTIVITIES: Final = Shape(Listed[Activity], "bitbucket/activities")

# The last part of the names of fields that are known and not read.
UNREAD: Final = frozenset(
    {
        "account_id", "author", "changes", "close_source_branch", "closed_by",
        "comment_count", "comments", "commit", "content", "created_on", "date",
        "default_merge_strategy", "deleted", "description", "destination",
        "display_name", "draft", "file_system", "fork_policy", "full_name",
        "has_issues", "has_wiki", "html", "id", "inline", "is_private", "language",
        "links", "markup", "merge_strategies", "message", "name", "nickname",
        "override_settings", "owner", "page", "pagelen", "parent", "parents",
        "participants", "pending", "previous", "project", "properties", "pull_request",
        "pullrequest", "queued", "reason", "rendered", "repository", "resolution",
        "reviewers", "scm", "size", "slug", "sync_strategies", "task_count", "tasks",
        "title", "type", "updated_on", "user", "uuid", "website", "workspace",
    }
)  # fmt: skip
# Titles, texts, names and links are people's words or lead to them.
CONTENT: Final = frozenset(
    {
        "branch", "changes", "content", "description", "display_name", "html", "links",
        "message", "nickname", "reason", "rendered", "summary", "title",
    }
)  # fmt: skip


def news(unknown: frozenset[str]) -> frozenset[str]:
    """Of the fields that are not read those that nobody decided not to read."""
    return frozenset(path for path in unknown if path.rpartition(".")[2] not in UNREAD)
