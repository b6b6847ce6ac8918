"""Why an issue that was there is not listed any more."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, MissingPermission
from ingestion.page import Page
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.shapes import Issue, Project

GONE, HIDDEN, MOVED = "gone", "hidden", "moved_away"


class Place(Struct, gc=False):
    """Where an issue is."""

    project: Project


PLACE: Final = Shape(Issue[Place], "jira/issue_absences")


def absences(
    api: Jira, site: str, issue_ids: Sequence[str], projects: Collection[str] = ()
) -> Iterator[Page]:
    """Of each issue that a census did not list what its own address answers.

    An issue that is there after all gives no row: the list was behind.
    """
    for issue_id in issue_ids:
        try:
            body = api.get(f"{api.rest}/issue/{issue_id}", [("fields", "project")]).body
        except MissingPermission:
            yield _page(site, issue_id, HIDDEN, None)
        except Misconfigured as error:
            if "status 404" not in error.problem:
                raise
            yield _page(site, issue_id, GONE, None)
        else:
            project = PLACE.read(body).fields.project
            if projects and not {project.id, project.key} & set(projects):
                yield _page(site, issue_id, MOVED, project.id, stored(body))


def out_of_sight(site: str, issue_ids: Sequence[str]) -> Page:
    """The absence of issues whose whole project is not visible: they still exist."""
    return Page(_columns(site, issue_ids, HIDDEN, None))


def _page(
    site: str, issue_id: str, absence: str, moved_to: str | None, body: bytes = b""
) -> Page:
    return Page(_columns(site, [issue_id], absence, moved_to), body=body)


def _columns(
    site: str, issue_ids: Sequence[str], absence: str, moved_to: str | None
) -> dict[str, list[Any]]:
    count = len(issue_ids)
    return {
        "site": [site] * count,
        "issue_id": list(issue_ids),
        "absence": [absence] * count,
        "moved_to_project_id": [moved_to] * count,
    }
