"""Users, keys and workspaces of the organisation, listed by cursor."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ingestion.simulator import organisation
from ingestion.simulator.anthropic.answers import Refused, rfc3339
from ingestion.simulator.anthropic.dimensions import organization_id
from ingestion.simulator.anthropic.parameters import Items, Parameters, invalid
from ingestion.simulator.company import Company
from ingestion.simulator.keys import WORKSPACES, ApiKey, workspace_id
from ingestion.simulator.members import Member
from ingestion.simulator.randomness import unique_id
from ingestion.simulator.world import World

_CURSORS = ("limit", "after_id", "before_id")
Entry = dict[str, object]


def me(world: World, items: Items) -> Entry:
    """Body of `/me`."""
    Parameters(items, ())
    return {
        "id": organization_id(world.company),
        "name": organisation.NAME,
        "type": "organization",
    }


def users(world: World, items: Items) -> Entry:
    """Body of `/users`: who left is listed no more."""
    parameters = Parameters(items, (*_CURSORS, "email", "roles[]"))
    today = world.present.date()
    entries: list[Entry] = [
        {
            "id": member.user_id,
            "email": member.email(today),
            "name": member.full_name,
            "role": member.role,
            "added_at": _at(member.added_on),
            "type": "user",
        }
        for member in world.company.members
        if member.is_listed(today)
    ]
    entries = _matching(entries, "email", parameters.one("email"))
    roles = parameters.every("roles[]")
    return _page([e for e in entries if not roles or e["role"] in roles], parameters)


def api_keys(world: World, items: Items) -> Entry:
    """Body of `/api_keys`."""
    known = ("status", "workspace_id", "created_by_user_id")
    parameters = Parameters(items, (*_CURSORS, *known))
    today = world.present.date()
    entries = [
        _api_key(world.company.seed, key)
        for key in world.company.api_keys
        if key.created_on <= today
    ]
    entries = _matching(entries, "status", parameters.one("status"))
    entries = _matching(entries, "workspace_id", parameters.one("workspace_id"))
    return _page(entries, parameters)


def workspaces(world: World, items: Items) -> Entry:
    """Body of `/workspaces`; the default workspace has no entry."""
    parameters = Parameters(items, (*_CURSORS, "include_archived"))
    seed = world.company.seed
    entries = [_workspace(seed, n) for n in range(len(WORKSPACES))]
    pilot = f"{workspace_id(seed, 0)[:-4]}pilo"
    archived = {"id": pilot, "name": "Pilot", "archived_at": _at(date(2025, 12, 19))}
    entries.append({**_workspace(seed, 0), **archived})
    if parameters.one("include_archived") != "true":
        entries = [entry for entry in entries if entry["archived_at"] is None]
    return _page(entries, parameters)


def workspace_members(world: World, items: Items, workspace: str) -> Entry:
    """Body of `/workspaces/{id}/members`: whoever is listed, spread over them."""
    parameters = Parameters(items, _CURSORS)
    if workspace not in workspace_ids(world.company):
        raise Refused("not_found_error", f"workspace {workspace} not found")
    entries: list[Entry] = [
        {
            "id": member.user_id,
            "type": "workspace_member",
            "user_id": member.user_id,
            "workspace_id": workspace,
            "workspace_role": "workspace_developer",
        }
        for member in members_of(world.company, workspace, world.present.date())
    ]
    page = _page(entries, parameters)
    for entry in entries:
        del entry["id"]
    return page


def workspace_ids(company: Company) -> list[str]:
    """The workspaces that are in use."""
    return [workspace_id(company.seed, number) for number in range(len(WORKSPACES))]


def members_of(company: Company, workspace: str, today: date) -> list[Member]:
    """Who belongs to a workspace: every user to the first, some to the others."""
    share = 1 + 2 * workspace_ids(company).index(workspace)
    listed = [member for member in company.members if member.is_listed(today)]
    return listed[::share]


def _api_key(seed: int, key: ApiKey) -> Entry:
    space = None if key.workspace is None else workspace_id(seed, key.workspace)
    principal = None
    if key.principal_id is not None:
        principal = {"id": key.principal_id, "type": key.principal_type}
    return {
        "id": key.api_key_id,
        "created_at": _at(key.created_on),
        "created_by": {"id": key.created_by_id, "type": "user"},
        "expires_at": None,
        "name": key.key_name,
        "partial_key_hint": f"sk-ant-api03-{key.api_key_id[-3:]}...demo",
        "principal": principal,
        "status": key.status,
        "type": "api_key",
        "workspace_id": space,
    }


def _workspace(seed: int, number: int) -> Entry:
    return {
        "id": workspace_id(seed, number),
        "archived_at": None,
        "compartment_id": unique_id(seed, "compartment", number),
        "created_at": _at(date(2025, 11, 3)),
        "data_residency": {
            "allowed_inference_geos": "unrestricted",
            "default_inference_geo": "global",
            "workspace_geo": "us",
        },
        "display_color": "#6C5BB9",
        "external_key_id": None,
        "name": WORKSPACES[number],
        "tags": {},
        "type": "workspace",
    }


def _matching(entries: list[Entry], field: str, value: str | None) -> list[Entry]:
    return [e for e in entries if value is None or e[field] == value]


def _page(entries: Sequence[Entry], parameters: Parameters) -> Entry:
    """Entries after or before a cursor, as many as the limit allows."""
    limit = parameters.limit(1000, 20)
    ids = [str(entry["id"]) for entry in entries]
    after, before = parameters.one("after_id"), parameters.one("before_id")
    if after is not None and before is not None:
        raise invalid("after_id and before_id cannot both be set")
    for cursor in (after, before):
        if cursor is not None and cursor not in ids:
            raise invalid(f"no such id in this list: {cursor}")
    start = 0 if after is None else ids.index(after) + 1
    end = len(ids) if before is None else ids.index(before)
    start = start if before is None else max(0, end - limit)
    stop = min(end, start + limit)
    chosen = list(entries[start:stop])
    return {
        "data": chosen,
        "first_id": ids[start] if chosen else None,
        "has_more": stop < len(ids) if before is None else start > 0,
        "last_id": ids[stop - 1] if chosen else None,
    }


def _at(day: date) -> str:
    return rfc3339(datetime.combine(day, time(9), UTC))
