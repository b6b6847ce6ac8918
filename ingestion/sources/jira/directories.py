"""The site's directories: fields, statuses, users and projects, each in full."""

from collections.abc import Iterator
from typing import Final

from ingestion.http import Api
from ingestion.page import Page
from ingestion.pagination import offset_pages
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.estimates import FieldChoice, choice
from ingestion.sources.jira.shapes import (
    FIELDS,
    PROJECTS,
    STATUSES,
    USERS,
    Project,
    User,
    news,
)

USERS_PER_PAGE: Final = 1000
PROJECTS_PER_PAGE: Final = 50


def fields(
    api: Api, site: str, story_points_field: str | None = None
) -> Iterator[Page]:
    """All fields; the one that holds the estimate is marked."""
    body = api.get("/rest/api/3/field").body
    listed = FIELDS.read(body)
    chosen = choice(listed, story_points_field).story_points
    yield Page(
        {
            "site": [site] * len(listed),
            "field_id": [field.id for field in listed],
            "field_name": [field.name for field in listed],
            "schema_custom": [field.schema and field.schema.custom for field in listed],
            "is_story_points": [field.id == chosen for field in listed],
        },
        body=stored(body),
        unknown_fields=news(FIELDS.unknown_fields(body)),
    )


def field_choice(api: Api, story_points_field: str | None = None) -> FieldChoice:
    """The estimate and sprint fields of the site; raises Misconfigured for a guess."""
    listed = FIELDS.read(api.get("/rest/api/3/field").body)
    return choice(listed, story_points_field)


def statuses(api: Api, site: str) -> Iterator[Page]:
    """All statuses, those of team-managed projects included."""
    body = api.get("/rest/api/3/status").body
    listed = STATUSES.read(body)
    homes = [status.scope and status.scope.project for status in listed]
    yield Page(
        {
            "site": [site] * len(listed),
            "status_id": [status.id for status in listed],
            "status_name": [status.name for status in listed],
            "status_category_id": [str(s.statusCategory.id) for s in listed],
            "status_category_key": [s.statusCategory.key for s in listed],
            "project_id": [home and home.id for home in homes],
        },
        body=stored(body),
        unknown_fields=news(STATUSES.unknown_fields(body)),
    )


def users(api: Api, site: str) -> Iterator[Page]:
    """All accounts, apps and inactive ones included.

    Pages are short where the vendor filters them, so the end is an empty one.
    """

    def fetch(offset: int) -> tuple[tuple[list[User], bytes], int | None]:
        params = [("startAt", str(offset)), ("maxResults", str(USERS_PER_PAGE))]
        body = api.get("/rest/api/3/users/search", params).body
        listed = USERS.read(body)
        return (listed, body), offset + len(listed) if listed else None

    for listed, body in offset_pages(fetch, api.source):
        yield Page(
            {
                "site": [site] * len(listed),
                "account_id": [user.accountId for user in listed],
                "account_type": [user.accountType for user in listed],
                "display_name": [user.displayName for user in listed],
                "email": [user.emailAddress or None for user in listed],
                "is_active": [user.active for user in listed],
            },
            body=stored(body),
            unknown_fields=news(USERS.unknown_fields(body)),
        )


def projects(api: Api, site: str) -> Iterator[Page]:
    """All projects that the account can see."""

    def fetch(offset: int) -> tuple[tuple[list[Project], bytes], int | None]:
        params = [("startAt", str(offset)), ("maxResults", str(PROJECTS_PER_PAGE))]
        body = api.get("/rest/api/3/project/search", params).body
        page = PROJECTS.read(body)
        is_last = page.isLast or not page.values
        return (page.values, body), None if is_last else offset + len(page.values)

    for listed, body in offset_pages(fetch, api.source):
        yield Page(
            {
                "site": [site] * len(listed),
                "project_id": [project.id for project in listed],
                "project_key": [project.key for project in listed],
                "project_name": [project.name for project in listed],
                "project_style": [project.style for project in listed],
            },
            body=stored(body),
            unknown_fields=news(PROJECTS.unknown_fields(body)),
        )
