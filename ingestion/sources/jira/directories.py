"""The site's directories: fields, statuses, users and projects, each in full."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ingestion.errors import Misconfigured
from ingestion.page import Page
from ingestion.pagination import offset_pages, token_pages
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.estimates import FieldChoice, choice
from ingestion.sources.jira.lists import listed
from ingestion.sources.jira.shapes import (
    FIELDS,
    PROJECTS,
    SERVER_PROJECTS,
    SERVER_USERS,
    STATUSES,
    USER_PAGE,
    USERS,
    Project,
    ServerUser,
    User,
    news,
    user_id,
)

USERS_PER_PAGE: Final = 1000


def fields(
    api: Jira,
    site: str,
    story_points_field: str | None = None,
    of_boards: Sequence[str] = (),
) -> Iterator[Page]:
    """All fields; the one that holds the estimate is marked."""
    body = api.get(f"{api.rest}/field").body
    known = FIELDS.read(body)
    chosen = choice(known, story_points_field, of_boards).story_points
    yield Page(
        {
            "site": [site] * len(known),
            "field_id": [field.id for field in known],
            "field_name": [field.name for field in known],
            "schema_custom": [field.schema and field.schema.custom for field in known],
            "is_story_points": [field.id == chosen for field in known],
        },
        body=stored(body),
        unknown_fields=news(FIELDS.unknown_fields(body)),
    )


def field_choice(
    api: Jira, story_points_field: str | None = None, of_boards: Sequence[str] = ()
) -> FieldChoice:
    """The estimate and sprint fields of the site; raises Misconfigured for a guess."""
    known = FIELDS.read(api.get(f"{api.rest}/field").body)
    return choice(known, story_points_field, of_boards)


def statuses(api: Jira, site: str) -> Iterator[Page]:
    """All statuses, those of team-managed projects included."""
    body = api.get(f"{api.rest}/status").body
    known = STATUSES.read(body)
    homes = [status.scope and status.scope.project for status in known]
    yield Page(
        {
            "site": [site] * len(known),
            "status_id": [status.id for status in known],
            "status_name": [status.name for status in known],
            "status_category_id": [str(s.statusCategory.id) for s in known],
            "status_category_key": [s.statusCategory.key for s in known],
            "project_id": [home and home.id for home in homes],
        },
        body=stored(body),
        unknown_fields=news(STATUSES.unknown_fields(body)),
    )


def users(api: Jira, site: str) -> Iterator[Page]:
    """All accounts, apps and inactive ones included."""
    return _cloud_users(api, site) if api.is_cloud else _server_users(api, site)


def _cloud_users(api: Jira, site: str) -> Iterator[Page]:
    """Pages are short where the vendor filters them, so the end is an empty one."""

    def fetch(offset: int) -> tuple[tuple[list[User], bytes], int | None]:
        params = [("startAt", str(offset)), ("maxResults", str(USERS_PER_PAGE))]
        body = api.get(f"{api.rest}/users/search", params).body
        found = USERS.read(body)
        return (found, body), offset + len(found) if found else None

    for found, body in offset_pages(fetch, api.source):
        yield Page(
            {
                "account_id": [user.accountId for user in found],
                "account_type": [user.accountType for user in found],
                **_names(site, found),
            },
            body=stored(body),
            unknown_fields=news(USERS.unknown_fields(body)),
        )


def _server_users(api: Jira, site: str) -> Iterator[Page]:
    """By the list of newer versions, else by the search that finds everybody."""
    try:
        yield from _listed_users(api, site)
    except Misconfigured as error:
        if "status 404" not in error.problem:
            raise
        yield from _searched_users(api, site)


def _listed_users(api: Jira, site: str) -> Iterator[Page]:
    def fetch(cursor: str | None) -> tuple[Page, str | None]:
        params = [("maxResults", str(USERS_PER_PAGE))]
        params += [] if cursor is None else [("cursor", cursor)]
        body = api.get(f"{api.rest}/user/list", params).body
        found = USER_PAGE.read(body)
        news_ = news(USER_PAGE.unknown_fields(body))
        following = None if found.isLast else found.nextCursor
        page = _server_page(site, found.values, body, news_)
        return page, None if following is None else str(following)

    return token_pages(fetch, api.source)


def _searched_users(api: Jira, site: str) -> Iterator[Page]:
    """A dot is in everybody's e-mail."""

    def fetch(offset: int) -> tuple[Page, int | None]:
        params = [
            ("username", "."),
            ("includeInactive", "true"),
            ("startAt", str(offset)),
            ("maxResults", str(USERS_PER_PAGE)),
        ]
        body = api.get(f"{api.rest}/user/search", params).body
        found = SERVER_USERS.read(body)
        news_ = news(SERVER_USERS.unknown_fields(body))
        page = _server_page(site, found, body, news_)
        return page, offset + len(found) if found else None

    return offset_pages(fetch, api.source)


def _server_page(
    site: str, found: Sequence[ServerUser], body: bytes, unknown: frozenset[str]
) -> Page:
    return Page(
        {
            "account_id": [user_id(site, user.key) for user in found],
            # Data Center does not tell people from machines.
            "account_type": [None] * len(found),
            **_names(site, found),
        },
        body=stored(body),
        unknown_fields=unknown,
    )


def _names(site: str, found: Sequence[User | ServerUser]) -> dict[str, list[Any]]:
    return {
        "site": [site] * len(found),
        "display_name": [user.displayName for user in found],
        "email": [user.emailAddress or None for user in found],
        "is_active": [user.active for user in found],
    }


def projects(api: Jira, site: str) -> Iterator[Page]:
    """All projects that the account can see."""
    if not api.is_cloud:
        body = api.get(f"{api.rest}/project").body
        unknown = news(SERVER_PROJECTS.unknown_fields(body))
        yield _project_page(site, SERVER_PROJECTS.read(body), body, unknown)
        return
    for found, body in listed(api, f"{api.rest}/project/search", PROJECTS):
        unknown = news(PROJECTS.unknown_fields(body))
        yield _project_page(site, found, body, unknown)


def _project_page(
    site: str, found: Sequence[Project], body: bytes, unknown: frozenset[str]
) -> Page:
    return Page(
        {
            "site": [site] * len(found),
            "project_id": [project.id for project in found],
            "project_key": [project.key for project in found],
            "project_name": [project.name for project in found],
            "project_style": [project.style for project in found],
        },
        body=stored(body),
        unknown_fields=unknown,
    )
