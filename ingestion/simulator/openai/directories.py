"""Users, projects and API keys of the organisation, listed by cursor."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ingestion.simulator.openai.members import (
    CREATED_ON,
    PROJECTS,
    Key,
    keys,
    members,
    project_id,
)
from ingestion.simulator.openai.parameters import Parameters, Refused
from ingestion.simulator.world import World

Entry = dict[str, object]
PILOT = "Pilot"


def users(world: World, parameters: Parameters) -> Entry:
    """Body of `/users`: who left is listed no more."""
    today = world.present.date()
    entries: list[Entry] = [
        {
            "object": "organization.user",
            "id": member.user_id,
            "name": member.full_name,
            "email": member.email(today),
            "role": member.role,
            "added_at": _at(member.added_on),
            "is_service_account": False,
        }
        for member in members(world.company)
        if member.is_listed(today)
    ]
    wanted = parameters.every("emails")
    return _page([e for e in entries if not wanted or e["email"] in wanted], parameters)


def projects(world: World, parameters: Parameters) -> Entry:
    """Body of `/projects`."""
    entries = [
        _project(project_id(world.company, n), name) for n, name in enumerate(PROJECTS)
    ]
    pilot = _project(_pilot(world), PILOT)
    archived = {"status": "archived", "archived_at": _at(date(2025, 12, 19))}
    if parameters.one("include_archived") == "true":
        entries.append({**pilot, **archived})
    return _page(entries, parameters)


def api_keys(world: World, project: str, parameters: Parameters) -> Entry:
    """Body of `/projects/<project>/api_keys`."""
    known = [project_id(world.company, n) for n in range(len(PROJECTS))]
    if project == _pilot(world):
        return _page([], parameters)
    if project not in known:
        raise Refused(404, f"Project {project} not found.", "project_id")
    entries = [
        _api_key(world, key)
        for key in keys(world.company)
        if key.project == known.index(project)
    ]
    return _page(entries, parameters)


def _project(id_: str, name: str) -> Entry:
    return {
        "id": id_,
        "object": "organization.project",
        "name": name,
        "created_at": _at(CREATED_ON),
        "archived_at": None,
        "status": "active",
    }


def _pilot(world: World) -> str:
    return f"{project_id(world.company, 0)[:-4]}pilo"


def _api_key(world: World, key: Key) -> Entry:
    owner: Entry = {
        "id": key.owner_id,
        "name": key.name,
        "created_at": _at(CREATED_ON),
        "role": "member",
    }
    if key.owner_type == "user":
        listed = {member.user_id: member for member in members(world.company)}
        member = listed[key.owner_id]
        email = member.email(world.present.date())
        owner |= {"name": member.full_name, "email": email}
    return {
        "object": "organization.project.api_key",
        "redacted_value": f"sk-demo...{key.key_id[-3:]}",
        "name": key.name,
        "created_at": _at(CREATED_ON),
        "last_used_at": int(world.present.timestamp()),
        "id": key.key_id,
        "owner_project_access": "active",
        "owner": {"type": key.owner_type, key.owner_type: owner},
    }


def _page(entries: Sequence[Entry], parameters: Parameters) -> Entry:
    """Entries after a cursor, as many as the limit allows."""
    limit = parameters.limit(20, 100, "objects")
    ids = [str(entry["id"]) for entry in entries]
    after = parameters.one("after")
    if after is not None and after not in ids:
        raise Refused(400, f"No such id in this list: {after}.", "after")
    start = 0 if after is None else ids.index(after) + 1
    chosen = list(entries[start : start + limit])
    return {
        "object": "list",
        "data": chosen,
        "first_id": ids[start] if chosen else None,
        "last_id": ids[start + len(chosen) - 1] if chosen else None,
        "has_more": start + limit < len(ids),
    }


def _at(day: date) -> int:
    return int(datetime.combine(day, time(9), UTC).timestamp())
