"""What is read of Jira's answers, typed; other fields pass unread."""

from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import Struct, defstruct

from ingestion.decoding import Shape
from ingestion.sources.jira.instants import Instant

Item = TypeVar("Item")


class Account(Struct, gc=False):
    """A person or an app: Cloud sends an account id, which is missing for some deleted
    users; Data Center the user's key, which outlives a change of name."""

    accountId: str | None = None
    accountType: str | None = None
    key: str | None = None

    def id_at(self, site: str) -> str | None:
        """The id by which people are known; keys repeat between servers."""
        if self.accountId or not self.key:
            return self.accountId or None
        return user_id(site, self.key)


def user_id(site: str, key: str) -> str:
    """The id of a user of Data Center, unique over all sites."""
    return f"{site}/{key}"


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


class Comments(Struct, gc=False):
    """How many comments an issue has; they are never read."""

    total: int


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
    comment: Comments | None = None


class Updated(Struct, gc=False):
    """When an issue was last touched."""

    updated: Instant


class Sprint(Struct, gc=False):
    """A sprint as a field of an issue names it."""

    id: int


class Issue(Struct, Generic[Item]):
    """An issue with some of its fields."""

    id: str
    key: str
    fields: Item


class SearchPage(Struct, Generic[Item]):
    """One page of a search. The last of Cloud has no token; Data Center counts."""

    issues: list[Item]
    nextPageToken: str | None = None
    total: int | None = None


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


class Expanded(Struct):
    """The history of an issue that came along with it."""

    histories: list[History]
    total: int


class ExpandedIssue(Struct):
    """An issue with its history."""

    id: str
    key: str
    changelog: Expanded


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


class ServerUser(Struct, gc=False):
    """A user of Data Center."""

    key: str
    displayName: str | None = None
    emailAddress: str | None = None
    active: bool | None = None


class UserPage(Struct):
    """One page of users of Data Center, by cursor."""

    values: list[ServerUser]
    nextCursor: str | int | None = None
    isLast: bool | None = None


class ListPage(Struct, Generic[Item]):
    """One page of a list by offset."""

    values: list[Item]
    isLast: bool | None = None


FOUND: Final = Shape(SearchPage[Reference], "jira/issues")
UPDATED: Final = Shape(SearchPage[Issue[Updated]], "jira/issues")
CHANGELOG: Final = Shape(ChangelogPage, "jira/changelog_items")
EXPANDED: Final = Shape(SearchPage[ExpandedIssue], "jira/changelog_items")
FIELDS: Final = Shape(list[Field], "jira/fields")
STATUSES: Final = Shape(list[Status], "jira/statuses")
USERS: Final = Shape(list[User], "jira/users")
SERVER_USERS: Final = Shape(list[ServerUser], "jira/users")
USER_PAGE: Final = Shape(UserPage, "jira/users")
PROJECTS: Final = Shape(ListPage[Project], "jira/projects")
SERVER_PROJECTS: Final = Shape(list[Project], "jira/projects")


def issues_shape(
    story_points_field: str | None, sprints_field: str | None
) -> Shape[SearchPage[Issue[Any]]]:
    """Issues whose fields also hold `story_points` and `sprints`, each read from the
    site's own field. Old servers send sprints as text."""
    own = {"story_points": story_points_field, "sprints": sprints_field}
    fields: Any = defstruct(
        "Fields",
        [
            ("story_points", float | str | None, None),
            ("sprints", list[Sprint | str] | None, None),
        ],
        bases=(IssueFields,),
        rename={name: field or f"({name})" for name, field in own.items()},
    )
    return Shape(SearchPage[Issue[fields]], "jira/issues")


# Known and deliberately not read, wherever they appear.
UNREAD: Final = frozenset(
    {
        "accountType", "active", "applicationRoles", "appType", "avatarId",
        "admins", "archived", "avatarUrls", "boardId", "canEdit", "clauseNames",
        "colorName", "columnConfig", "comments", "completeDate", "configuration",
        "created", "createdDate", "custom", "customId", "deleted", "description",
        "displayName", "emailAddress", "endDate", "entityId", "entityUuid", "expand",
        "favourite", "fields", "fieldtype", "filter", "goal", "groups",
        "hierarchyLevel", "historyMetadata", "iconUrl", "id", "isLast", "isPrivate",
        "items", "key", "lastPage", "location", "locale", "maxResults", "name",
        "names", "navigable", "nextPage", "orderable", "projectCategory",
        "projectTypeKey", "properties", "ranking", "schema", "scope", "searchable",
        "self", "simplified", "startAt", "startDate", "state", "statusCategory",
        "style", "subQuery", "subtask", "system", "timeSpent", "timeZone", "total",
        "type", "until", "untranslatedName", "updateAuthor", "uuid", "visibility",
    }
)  # fmt: skip


def news(unknown: frozenset[str]) -> frozenset[str]:
    """Of the fields that are not read those that nobody decided not to read."""
    return frozenset(path for path in unknown if path.rpartition(".")[2] not in UNREAD)
