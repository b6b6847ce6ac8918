"""What is read of Jira's answers, typed; other fields pass unread."""

from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import Struct, defstruct

from ingestion.decoding import Shape
from ingestion.sources.jira.instants import Instant

Item = TypeVar("Item")


class Account(Struct, gc=False):
    """A person or an app. The id is missing for some deleted users."""

    accountId: str | None = None
    accountType: str | None = None


class Category(Struct, gc=False):
    """What a status means; id and key are the same on every site."""

    id: int
    key: str


class Scope(Struct, gc=False):
    """Where a status of a team-managed project is at home."""

    project: "Reference | None" = None


class Status(Struct, gc=False):
    """A status."""

    id: str
    name: str
    statusCategory: Category
    scope: Scope | None = None


class Named(Struct, gc=False):
    """Something of which the name is enough."""

    name: str


class Reference(Struct, gc=False):
    """Another object, by id."""

    id: str


class IssueType(Struct, gc=False):
    """A type of issue."""

    id: str
    name: str
    subtask: bool


class Project(Struct, gc=False):
    """A project."""

    id: str
    key: str
    name: str | None = None
    style: str | None = None


class IssueFields(Struct):
    """The fields that are asked for, beside the story points of the site."""

    created: Instant
    updated: Instant
    status: Status
    issuetype: IssueType
    project: Project
    resolutiondate: Instant | None = None
    resolution: Named | None = None
    priority: Named | None = None
    parent: Reference | None = None
    assignee: Account | None = None
    creator: Account | None = None


class Updated(Struct, gc=False):
    """When an issue was last touched."""

    updated: Instant


class Issue(Struct, Generic[Item]):
    """An issue with some of its fields."""

    id: str
    key: str
    fields: Item


class SearchPage(Struct, Generic[Item]):
    """One page of a search; the last has no token."""

    issues: list[Item]
    nextPageToken: str | None = None


class Change(Struct, gc=False):
    """One field of one history entry."""

    field: str
    fieldId: str | None = None
    from_id: str | None = msgspec.field(name="from", default=None)
    from_string: str | None = msgspec.field(name="fromString", default=None)
    to_id: str | None = msgspec.field(name="to", default=None)
    to_string: str | None = msgspec.field(name="toString", default=None)


class History(Struct):
    """Changes made at once."""

    id: str
    created: Instant
    items: list[Change]
    author: Account | None = None


class IssueHistory(Struct):
    """History entries of one issue; the rest may be on the next page."""

    issueId: str
    changeHistories: list[History]


class ChangelogPage(Struct):
    """One page of histories, oldest first; the last has no token."""

    issueChangeLogs: list[IssueHistory]
    nextPageToken: str | None = None


class Kind(Struct, gc=False):
    """What a field holds."""

    type: str | None = None
    custom: str | None = None


class Field(Struct, gc=False):
    """A field of the site."""

    id: str
    name: str
    schema: Kind | None = None


class User(Struct, gc=False):
    """An account of the site."""

    accountId: str
    accountType: str
    displayName: str | None = None
    emailAddress: str | None = None
    active: bool | None = None


class ProjectPage(Struct):
    """One page of projects."""

    values: list[Project]
    isLast: bool | None = None


FOUND: Final = Shape(SearchPage[Reference], "jira/issues")
UPDATED: Final = Shape(SearchPage[Issue[Updated]], "jira/issues")
CHANGELOG: Final = Shape(ChangelogPage, "jira/changelog_items")
FIELDS: Final = Shape(list[Field], "jira/fields")
STATUSES: Final = Shape(list[Status], "jira/statuses")
USERS: Final = Shape(list[User], "jira/users")
PROJECTS: Final = Shape(ProjectPage, "jira/projects")


def issues_shape(story_points_field: str | None) -> Shape[SearchPage[Issue[Any]]]:
    """Issues whose fields also hold `story_points`, read from the site's own field."""
    fields: Any = defstruct(
        "Fields",
        [("story_points", float | str | None, None)],
        bases=(IssueFields,),
        rename={"story_points": story_points_field or "(none)"},
    )
    return Shape(SearchPage[Issue[fields]], "jira/issues")


# Known and deliberately not read, wherever they appear.
UNREAD: Final = frozenset(
    {
        "accountType", "active", "applicationRoles", "appType", "avatarId",
        "avatarUrls", "clauseNames", "colorName", "configuration", "custom", "customId",
        "description", "displayName", "emailAddress", "entityId", "entityUuid",
        "expand", "fields", "fieldtype", "groups", "hierarchyLevel", "historyMetadata",
        "iconUrl", "id", "isLast", "isPrivate", "items", "key", "locale", "maxResults",
        "name", "names", "navigable", "nextPage", "orderable", "projectTypeKey",
        "properties", "schema", "scope", "searchable", "self", "simplified", "startAt",
        "statusCategory", "style", "subtask", "system", "timeZone", "total", "type",
        "untranslatedName", "uuid",
    }
)  # fmt: skip


def news(unknown: frozenset[str]) -> frozenset[str]:
    """Of the fields that are not read those that nobody decided not to read."""
    return frozenset(path for path in unknown if path.rpartition(".")[2] not in UNREAD)
