"""Boards and sprints: a board a project, and where it has sprints one a fortnight."""

from ingestion.simulator import timeline
from ingestion.simulator.jira.answers import HOST, Refused, shown
from ingestion.simulator.jira.events import FORTNIGHT_DAYS, sprint_id, sprint_name
from ingestion.simulator.jira.site import PROJECTS, Project
from ingestion.simulator.jira.visibility import visible_projects
from ingestion.simulator.world import World

AGILE = "/rest/agile/1.0"
MOST_ITEMS = 50
_HOUR_MS, _MINUTE_MS = 3_600_000, 60_000
Body = dict[str, object]


def boards(world: World, start: int, most: int, project: str | None) -> Body:
    """Body of `/board`, of one project or of all that may be seen."""
    found = [
        _board(each)
        for each in visible_projects(world.now_ms)
        if project in {None, each.key, each.project_id}
    ]
    return _page(found, start, most)


def configuration(board_id: str) -> Body:
    """Body of `/board/{id}/configuration`; a board without estimates names no field."""
    project = _project(board_id)
    body: Body = {
        **_board(project),
        "filter": {"id": board_id},
        "columnConfig": {"columns": [], "constraintType": "none"},
        "ranking": {"rankCustomFieldId": 10019},
    }
    if project.has_sprints or project.is_team_managed:
        field = {"fieldId": project.points_field, "displayName": "Story Points"}
        body["estimation"] = {"type": "field", "field": field}
    return body


def sprints(world: World, board_id: str, start: int, most: int) -> Body:
    """Body of `/board/{id}/sprint`: all that began, and the next one."""
    project = _project(board_id)
    if not project.has_sprints:
        raise Refused(400, "The board does not support sprints")
    today = timeline.index(world.present.date())
    numbers = range(max(0, today) // FORTNIGHT_DAYS + 2)
    return _page([_sprint(project, n, world.now_ms) for n in numbers], start, most)


def completed_ms(number: int) -> int:
    """When a fortnight's sprint is closed: a minute before the next one starts."""
    return _started_ms(number + 1) - _MINUTE_MS


def _started_ms(number: int) -> int:
    return timeline.midnight_ms(number * FORTNIGHT_DAYS) + 7 * _HOUR_MS


def _project(board_id: str) -> Project:
    for project in PROJECTS.values():
        if project.project_id == board_id:
            return project
    raise Refused(404, "The requested board cannot be viewed.")


def _board(project: Project) -> Body:
    kind = "scrum" if project.has_sprints else "kanban"
    return {
        "id": int(project.project_id),
        "self": f"{HOST}{AGILE}/board/{project.project_id}",
        "name": f"{project.key} board",
        "type": "simple" if project.is_team_managed else kind,
        "location": {
            "projectId": int(project.project_id),
            "displayName": f"{project.name} ({project.key})",
            "projectKey": project.key,
        },
        "isPrivate": False,
    }


def _sprint(project: Project, number: int, now_ms: int) -> Body:
    start, end = _started_ms(number), completed_ms(number)
    body: Body = {
        "id": sprint_id(project, number),
        "self": f"{HOST}{AGILE}/sprint/{sprint_id(project, number)}",
        "state": "future",
        "name": sprint_name(project, number),
        "createdDate": shown(start - 48 * _HOUR_MS),
        "originBoardId": int(project.project_id),
        "goal": "",
    }
    if now_ms >= start:
        body |= {
            "state": "active",
            "startDate": shown(start),
            "endDate": shown(end - 14 * _HOUR_MS),
        }
    if now_ms >= end:
        body |= {"state": "closed", "completeDate": shown(end)}
    return body


def _page(found: list[Body], start: int, most: int) -> Body:
    size = min(most, MOST_ITEMS)
    return {
        "maxResults": size,
        "startAt": start,
        "total": len(found),
        "isLast": start + size >= len(found),
        "values": found[start : start + size],
    }
