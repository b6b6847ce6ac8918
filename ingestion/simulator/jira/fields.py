"""Parts of an issue as the vendor sends them: accounts, statuses, and every field."""

from collections.abc import Callable
from typing import Protocol

from ingestion.simulator.accounts import JiraAccount
from ingestion.simulator.jira.answers import API, HOST, shown
from ingestion.simulator.jira.site import (
    CATEGORIES,
    PRIORITIES,
    RESOLUTIONS,
    SATISFACTION,
    SATISFIED_AT,
    Status,
)
from ingestion.simulator.jira.state import State


class Site(Protocol):
    """What fields need to know beyond their own issue."""

    by_id: dict[int, State]

    def account(self, account_id: str | None) -> dict[str, object] | None:
        """An account by id."""
        ...


def account(found: JiraAccount) -> dict[str, object]:
    """An account; the e-mail only where its owner shows it."""
    email = {} if found.email is None else {"emailAddress": found.email}
    return {
        "self": f"{HOST}{API}/user?accountId={found.account_id}",
        "accountId": found.account_id,
        **email,
        "displayName": found.display_name,
        "active": found.closed_on is None,
        "timeZone": "Europe/Berlin",
        "accountType": found.account_type,
    }


def status_body(status: Status) -> dict[str, object]:
    """A status with its category."""
    key, name, color = CATEGORIES[status.category]
    body: dict[str, object] = {
        "self": f"{HOST}{API}/status/{status.status_id}",
        "description": "",
        "iconUrl": f"{HOST}/",
        "name": status.name,
        "untranslatedName": status.untranslated_name or status.name,
        "id": status.status_id,
        "statusCategory": {
            "self": f"{HOST}{API}/statuscategory/{status.category}",
            "id": status.category,
            "key": key,
            "colorName": color,
            "name": name,
        },
    }
    if status.project_id is not None:
        home = {"id": status.project_id}
        body["scope"] = {"type": "PROJECT", "project": home}
    return body


def _project(state: State) -> dict[str, object]:
    return {
        "self": f"{HOST}{API}/project/{state.project.project_id}",
        "id": state.project.project_id,
        "key": state.project.key,
        "name": state.project.name,
        "projectTypeKey": "software",
        "simplified": state.project.is_team_managed,
    }


def _kind(state: State) -> dict[str, object]:
    kind = state.record.issue.kind
    level = {"Epic": 1, "Sub-task": -1}.get(kind, 0)
    return {
        "id": state.project.type_id(kind),
        "name": kind,
        "subtask": kind == "Sub-task",
        "hierarchyLevel": level,
    }


def _parent(site: Site, state: State) -> dict[str, object] | None:
    parent = site.by_id.get(state.record.issue.parent_id or 0)
    return None if parent is None else {"id": str(parent.issue_id), "key": parent.key}


def _resolution(state: State) -> dict[str, object] | None:
    name = state.resolution
    return None if name is None else {"id": RESOLUTIONS[name], "name": name}


def _sprints(state: State) -> list[dict[str, object]] | None:
    """Every sprint ever, the later ones carried over."""
    ids = [int(number) for number in state.sprints.split(", ") if number]
    return [
        {"id": n, "name": f"{state.project.key} Sprint {n % 100 + 1}",
         "state": "closed", "boardId": int(state.project.project_id), "goal": ""}
        for n in ids
    ] or None  # fmt: skip


def _estimate(state: State, is_team_managed: bool) -> float | None:
    is_own = state.project.is_team_managed is is_team_managed
    return state.points if is_own else None


def _when(milliseconds: int) -> str | None:
    return shown(milliseconds) if milliseconds else None


FIELDS: dict[str, Callable[[Site, State], object]] = {
    "summary": lambda site, s: f"Generated item {s.issue_id}",
    "status": lambda site, s: status_body(s.status),
    "assignee": lambda site, s: site.account(s.assignee),
    "creator": lambda site, s: site.account(s.record.creator),
    "reporter": lambda site, s: site.account(s.record.creator),
    "issuetype": lambda site, s: _kind(s),
    "priority": lambda site, s: {"id": str(s.record.priority + 1),
                                 "name": PRIORITIES[s.record.priority]},
    "resolution": lambda site, s: _resolution(s),
    "project": lambda site, s: _project(s),
    "parent": _parent,
    "created": lambda site, s: shown(s.record.issue.created_ms),
    "updated": lambda site, s: shown(s.updated_ms),
    "resolutiondate": lambda site, s: _when(s.resolved_ms),
    "statuscategorychangedate": lambda site, s: _when(s.category_changed_ms),
    "labels": lambda site, s: [],
    "customfield_10016": lambda site, s: _estimate(s, True),
    "customfield_10026": lambda site, s: _estimate(s, False),
    "customfield_10020": lambda site, s: _sprints(s),
    "customfield_10044": lambda site, s: None,
    SATISFACTION: lambda site, s: s.rating and {"rating": s.rating},
    SATISFIED_AT: lambda site, s: shown(s.record.rated_ms) if s.rating else None,
    "customfield_10019": lambda site, s: f"0|i{s.issue_id:06d}:",
}  # fmt: skip
