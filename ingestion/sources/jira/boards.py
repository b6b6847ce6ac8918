"""Boards, what they estimate in, and their sprints: Jira Software's own API."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured
from ingestion.page import Page
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.instants import Instant, utc
from ingestion.sources.jira.lists import listed
from ingestion.sources.jira.shapes import ListPage, news

AGILE: Final = "/rest/agile/1.0/board"
KANBAN: Final = "kanban"


class Location(Struct, gc=False):
    """Where a board is at home; a person's own board is in no project."""

    projectId: int | None = None


class Board(Struct, gc=False):
    """A board."""

    id: int
    name: str
    type: str
    location: Location | None = None


class EstimationField(Struct, gc=False):
    """A field that a board estimates in."""

    fieldId: str


class Estimation(Struct, gc=False):
    """How a board estimates; without a field it counts issues."""

    field: EstimationField | None = None


class Configuration(Struct, gc=False):
    """What a board is set to; one without sprints has no estimation."""

    estimation: Estimation | None = None


class Sprint(Struct, gc=False):
    """A sprint; one that has not started may have no dates."""

    id: int
    name: str
    state: str
    originBoardId: int | None = None
    startDate: Instant | None = None
    endDate: Instant | None = None
    completeDate: Instant | None = None


BOARDS: Final = Shape(ListPage[Board], "jira/boards")
CONFIGURATION: Final = Shape(Configuration, "jira/boards")
SPRINTS: Final = Shape(ListPage[Sprint], "jira/sprints")


def boards(api: Jira, site: str, projects: Sequence[str] = ()) -> Iterator[Page]:
    """All boards that show issues of the projects, or that the account can see."""
    for found, body in _boards(api, projects):
        asked = [board for board in found if board.type != KANBAN]
        settings = [
            api.get(f"{AGILE}/{board.id}/configuration").body for board in asked
        ]
        chosen = {
            board.id: _estimated_in(CONFIGURATION.read(answer))
            for board, answer in zip(asked, settings, strict=True)
        }
        homes = [board.location and board.location.projectId for board in found]
        yield Page(
            {
                "site": [site] * len(found),
                "board_id": [str(board.id) for board in found],
                "board_name": [board.name for board in found],
                "board_type": [board.type for board in found],
                "project_id": [None if home is None else str(home) for home in homes],
                "estimation_field_id": [chosen.get(board.id) for board in found],
            },
            body=stored(b"[" + b",".join([body, *settings]) + b"]"),
            unknown_fields=news(BOARDS.unknown_fields(body)),
        )


def estimation_fields(api: Jira, projects: Sequence[str] = ()) -> list[str]:
    """The ids of the fields in which boards estimate."""
    found = [
        field
        for page in boards(api, "", projects)
        for field in page.columns["estimation_field_id"]
    ]
    return sorted({field for field in found if field is not None})


def sprints(api: Jira, site: str, projects: Sequence[str] = ()) -> Iterator[Page]:
    """All sprints of these boards. One shown on several boards comes several times."""
    for found, _ in _boards(api, projects):
        for board in found:
            if board.type != KANBAN:
                yield from _sprints(api, site, board)


def _boards(api: Jira, projects: Sequence[str]) -> Iterator[tuple[list[Board], bytes]]:
    for project in projects or [None]:
        params = [] if project is None else [("projectKeyOrId", project)]
        yield from listed(api, AGILE, BOARDS, params)


def _sprints(api: Jira, site: str, board: Board) -> Iterator[Page]:
    """The sprints of a board; a board that has none at all is refused by the site."""
    try:
        for found, body in listed(api, f"{AGILE}/{board.id}/sprint", SPRINTS):
            yield _page(site, found, body)
    except Misconfigured as error:
        if "status 400" not in error.problem:
            raise


def _page(site: str, found: Sequence[Sprint], body: bytes) -> Page:
    owners = [sprint.originBoardId for sprint in found]
    return Page(
        {
            "site": [site] * len(found),
            "sprint_id": [str(sprint.id) for sprint in found],
            "sprint_name": [sprint.name for sprint in found],
            "state": [sprint.state for sprint in found],
            "board_id": [None if owner is None else str(owner) for owner in owners],
            "started_at": utc([sprint.startDate for sprint in found], "startDate"),
            "ends_at": utc([sprint.endDate for sprint in found], "endDate"),
            "completed_at": utc(
                [sprint.completeDate for sprint in found], "completeDate"
            ),
        },
        body=stored(body),
        unknown_fields=news(SPRINTS.unknown_fields(body)),
    )


def _estimated_in(configuration: Configuration) -> str | None:
    estimation = configuration.estimation
    return estimation and estimation.field and estimation.field.fieldId
