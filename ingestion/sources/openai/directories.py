"""The organisation's directories: members, projects and API keys, each in full."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote

from msgspec import Struct

from ingestion.columns import Columns, named
from ingestion.decoding import Shape
from ingestion.errors import BadCredentials, Misconfigured, MissingPermission
from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import broken_off, token_pages
from ingestion.redaction import redact
from ingestion.sources.openai.paging import Params
from ingestion.sources.openai.tables import API_KEYS as KEYS_TABLE

Item = TypeVar("Item")
PATH: Final = "/v1/organization"
LIMIT: Final = ("limit", "100")
# Keys of owners who left the project are listed only when asked for.
ANY_OWNER: Final = ("owner_project_access", "any")


class Directory(Struct, Generic[Item]):
    """One page of a directory."""

    data: list[Item]
    has_more: bool
    last_id: str | None = None


class User(Struct):
    """A member of the organisation; times are Unix seconds."""

    id: str
    added_at: int
    email: str | None = None
    name: str | None = None
    role: str | None = None
    is_service_account: bool | None = None


class Project(Struct):
    """A project."""

    id: str
    created_at: int
    archived_at: int | None = None
    name: str | None = None
    status: str | None = None


class Holder(Struct):
    """A user or service account."""

    id: str
    email: str | None = None


class Owner(Struct):
    """Who owns a key."""

    type: str | None = None
    user: Holder | None = None
    service_account: Holder | None = None


class ApiKey(Struct):
    """An API key without its secret part."""

    id: str
    created_at: int
    owner: Owner | None
    name: str | None = None


USERS: Final = Shape(Directory[User], "openai/users")
PROJECTS: Final = Shape(Directory[Project], "openai/projects")
API_KEYS: Final = Shape(Directory[ApiKey], "openai/api_keys")

# Parts of secrets, and what the vendor guesses about a person: never stored.
_DROPPED: Final = frozenset({"redacted_value", "technical_level", "developer_persona"})
# Known and deliberately not read.
_UNREAD: Final = frozenset(
    {
        *("object", "first_id"),
        *(f"data[].{name}" for name in _DROPPED),
        *(f"data[].owner.user.{n}" for n in ("name", "role", "created_at")),
        *(f"data[].owner.service_account.{n}" for n in ("name", "role", "created_at")),
        *(
            f"data[].{name}"
            for name in (
                *("object", "is_default", "created", "user", "projects"),
                *("is_scale_tier_authorized_purchaser", "is_scim_managed"),
                *("api_key_last_used_at", "external_key_id", "residency"),
                *("last_used_at", "owner_project_access"),
            )
        ),
    }
)


def users(api: Api) -> Iterator[Page]:
    """All members of the organisation."""
    for _, page in _pages(api, f"{PATH}/users", [], USERS, _user_columns):
        yield page


def projects(api: Api) -> Iterator[Page]:
    """All projects, archived ones included."""
    for _, page in _projects(api):
        yield page


def api_keys(api: Api) -> Iterator[Page]:
    """The API keys of all projects; an archived project that does not list its keys
    yields a page without rows that says so. Without any project there is one page."""
    found = [project for items, _ in _projects(api) for project in items]
    if not found:
        yield Page(_key_columns([], project_id=""), note="the vendor lists no project")
    for project in found:
        try:
            yield from _keys_of(api, project.id)
        except BadCredentials:
            raise
        except Misconfigured:
            if project.archived_at is None:
                raise
            note = f"the archived project {project.id} does not list its keys"
            yield Page(_key_columns([], project_id=project.id), note=note)


def _keys_of(api: Api, project_id: str) -> Iterator[Page]:
    path = f"{PATH}/projects/{quote(project_id, safe='')}/api_keys"
    columns = partial(_key_columns, project_id=project_id)
    pages = _pages(api, path, [ANY_OWNER], API_KEYS, columns)
    try:
        first = next(pages)
    except (BadCredentials, MissingPermission):
        raise
    except Misconfigured as error:
        if "status 400" not in error.problem:
            raise
        # An answerer that does not know the newer parameter.
        pages = _pages(api, path, [], API_KEYS, columns)
        first = next(pages)
    yield first[1]
    for _, page in pages:
        yield page


def _projects(api: Api) -> Iterator[tuple[list[Project], Page]]:
    params = [("include_archived", "true")]
    return _pages(api, f"{PATH}/projects", params, PROJECTS, _project_columns)


def _pages(
    api: Api,
    path: str,
    params: Params,
    shape: Shape[Directory[Item]],
    columns: Callable[[Sequence[Item]], Columns],
) -> Iterator[tuple[list[Item], Page]]:
    def fetch(after: str | None) -> tuple[tuple[list[Item], Page], str | None]:
        cursor = [] if after is None else [("after", after)]
        body = api.get(path, [*params, LIMIT, *cursor]).body
        listed = shape.read(body)
        if listed.has_more and not listed.last_id:
            raise broken_off(api.source, path)
        page = Page(
            columns(listed.data),
            body=redact(body, _DROPPED),
            unknown_fields=shape.unknown_fields(body) - _UNREAD,
            note="" if listed.data else "the vendor lists none",
        )
        return (listed.data, page), listed.last_id if listed.has_more else None

    return token_pages(fetch, api.source)


def _user_columns(users: Sequence[User]) -> Columns:
    return {
        "user_id": [user.id for user in users],
        "full_name": [user.name for user in users],
        "added_at": [_instant(user.added_at) for user in users],
        **named(users, ("email", "role", "is_service_account")),
    }


def _project_columns(projects: Sequence[Project]) -> Columns:
    return {
        "project_id": [project.id for project in projects],
        "project_name": [project.name for project in projects],
        "status": [project.status for project in projects],
        "created_at": [_instant(project.created_at) for project in projects],
        "archived_at": [_instant(project.archived_at) for project in projects],
    }


def _key_columns(keys: Sequence[ApiKey], project_id: str) -> Columns:
    owners = [key.owner or Owner() for key in keys]
    holders = [owner.user or owner.service_account for owner in owners]
    columns: Columns = {
        "api_key_id": [key.id for key in keys],
        "key_name": [key.name for key in keys],
        "project_id": [project_id] * len(keys),
        "owner_type": [owner.type for owner in owners],
        "owner_id": [holder and holder.id for holder in holders],
        "owner_email": [holder and holder.email for holder in holders],
        "created_at": [_instant(key.created_at) for key in keys],
    }
    return {column.name: columns[column.name] for column in KEYS_TABLE.columns}


def _instant(seconds: int | None) -> Any:
    """The UTC instant at Unix seconds; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
