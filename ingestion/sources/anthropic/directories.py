"""The organisation's directories, each in full: members, API keys, workspaces.

Service accounts have a list of their own, which takes no Admin API key; those that own
a key are known by the list of keys.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar

from msgspec import Struct

from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.http import Api
from ingestion.page import Page, explained
from ingestion.pagination import broken_off, token_pages
from ingestion.redaction import redact
from ingestion.sources.anthropic.shapes import Instant

Item = TypeVar("Item")
PATH: Final = "/v1/organizations"
LIMIT: Final = ("limit", "1000")


class Directory(Struct, Generic[Item]):
    """One page of a directory."""

    data: list[Item]
    has_more: bool
    last_id: str | None = None


class User(Struct):
    """A member of the organisation."""

    id: str
    email: str | None
    role: str
    added_at: Instant
    name: str | None = None


class Reference(Struct):
    """Another object, by kind and id."""

    id: str
    type: str


class ApiKey(Struct):
    """An API key without its secret part."""

    id: str
    status: str
    created_by: Reference | None
    principal: Reference | None
    workspace_id: str | None
    created_at: Instant
    expires_at: Instant | None
    name: str | None = None


class Workspace(Struct):
    """A workspace."""

    id: str
    created_at: Instant
    archived_at: Instant | None
    name: str | None = None


class WorkspaceMember(Struct):
    """A member of a workspace."""

    workspace_id: str
    user_id: str
    workspace_role: str


# Known and deliberately not read.
_UNREAD: Final = frozenset(
    {
        "first_id",
        "data[].type",
        "data[].partial_key_hint",
        "data[].compartment_id",
        "data[].data_residency",
        "data[].display_color",
        "data[].external_key_id",
        "data[].tags",
    }
)
_PARTS_OF_SECRETS: Final = frozenset({"partial_key_hint"})

USERS: Final = Shape(Directory[User], "anthropic/users")
API_KEYS: Final = Shape(Directory[ApiKey], "anthropic/api_keys")
WORKSPACES: Final = Shape(Directory[Workspace], "anthropic/workspaces")
MEMBERS: Final = Shape(Directory[WorkspaceMember], "anthropic/workspace_members")
NO_MEMBERS: Final = "the organisation has no member of a workspace in use"


def users(api: Api) -> Iterator[Page]:
    """All members of the organisation."""
    return _pages(api, "users", (), USERS, _user_columns)


def api_keys(api: Api) -> Iterator[Page]:
    """All API keys, of any status."""
    return _pages(api, "api_keys", (), API_KEYS, _api_key_columns)


def workspaces(api: Api) -> Iterator[Page]:
    """All workspaces, archived ones included."""
    params = (("include_archived", "true"),)
    return _pages(api, "workspaces", params, WORKSPACES, _workspace_columns)


def workspace_members(api: Api) -> Iterator[Page]:
    """The members of every workspace in use, one workspace after the other."""
    return explained(_members_by_workspace(api), NO_MEMBERS)


def _members_by_workspace(api: Api) -> Iterator[Page]:
    yield Page(_member_columns([]))  # also where there is no workspace
    for page in workspaces(api):
        listed = page.columns["workspace_id"], page.columns["archived_at"]
        for workspace_id, archived_at in zip(*listed, strict=True):
            if archived_at is None:
                name = f"workspaces/{workspace_id}/members"
                yield from _pages(api, name, (), MEMBERS, _member_columns)


def _pages(
    api: Api,
    name: str,
    params: Sequence[tuple[str, str]],
    shape: Shape[Directory[Item]],
    columns: Callable[[Sequence[Item]], Columns],
) -> Iterator[Page]:
    path = f"{PATH}/{name}"

    def fetch(after: str | None) -> tuple[Page, str | None]:
        cursor = [] if after is None else [("after_id", after)]
        body = api.get(path, [*params, LIMIT, *cursor]).body
        listed = shape.read(body)
        if listed.has_more and not listed.last_id:
            raise broken_off(api.source, path)
        page = Page(
            columns(listed.data),
            body=redact(body, _PARTS_OF_SECRETS),
            unknown_fields=shape.unknown_fields(body) - _UNREAD,
        )
        return page, listed.last_id if listed.has_more else None

    return token_pages(fetch, api.source)


def _user_columns(users: Sequence[User]) -> Columns:
    return {
        "user_id": [user.id for user in users],
        "full_name": [user.name for user in users],
        **named(users, ("email", "role", "added_at")),
    }


def _api_key_columns(keys: Sequence[ApiKey]) -> Columns:
    makers, owners = [k.created_by for k in keys], [k.principal for k in keys]
    same = ("status", "workspace_id", "created_at", "expires_at")
    return {
        "api_key_id": [key.id for key in keys],
        "key_name": [key.name for key in keys],
        "created_by_id": [maker and maker.id for maker in makers],
        "created_by_type": [maker and maker.type for maker in makers],
        "principal_id": [owner and owner.id for owner in owners],
        "principal_type": [owner and owner.type for owner in owners],
        **named(keys, same),
    }


def _workspace_columns(workspaces: Sequence[Workspace]) -> Columns:
    return {
        "workspace_id": [workspace.id for workspace in workspaces],
        "workspace_name": [workspace.name for workspace in workspaces],
        **named(workspaces, ("created_at", "archived_at")),
    }


def _member_columns(members: Sequence[WorkspaceMember]) -> Columns:
    return named(members, ("workspace_id", "user_id", "workspace_role"))
