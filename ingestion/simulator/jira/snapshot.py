"""The site at an instant: every issue's present state, from its history until then."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.simulator.accounts import JiraAccount
from ingestion.simulator.company import Company
from ingestion.simulator.jira.answers import API, HOST, shown
from ingestion.simulator.jira.histories import Record, records
from ingestion.simulator.jira.site import (
    CATEGORIES,
    PRIORITIES,
    PROJECTS,
    RESOLUTIONS,
    SPRINT,
    STATUS_BY_ID,
    Project,
    Status,
)
from ingestion.simulator.world import World

_SPRINT_DAYS = 14


@dataclass(frozen=True, slots=True)
class State:
    """One issue as it stands; times in epoch milliseconds, 0 for never."""

    record: Record
    key: str
    project: Project
    status: Status
    assignee: str | None
    points: float | None
    sprints: str
    resolution: str | None
    resolved_ms: int
    category_changed_ms: int
    updated_ms: int

    @property
    def issue_id(self) -> int:
        """The stable id."""
        return self.record.issue.issue_id


class Snapshot:
    """All issues that exist and may be seen, in the order of their last update."""

    def __init__(self, company: Company, written: Sequence[Record], at_ms: int) -> None:
        self._accounts = {a.account_id: a for a in company.jira_accounts}
        found = [_state(r, at_ms) for r in written if _exists(r, at_ms)]
        self.states = sorted(found, key=lambda s: (s.updated_ms, s.issue_id))
        self.by_id = {state.issue_id: state for state in found}
        self.by_key = {state.key: state for state in found}
        # An old key still leads to the issue after a move.
        for state in found:
            self.by_key.setdefault(state.record.issue.key(0), state)

    def account(self, account_id: str | None) -> dict[str, object] | None:
        """An account as it stands in an issue or a history."""
        return None if account_id is None else account(self._accounts[account_id])

    def fields(self, state: State, wanted: Sequence[str]) -> dict[str, object]:
        """The wanted fields of an issue; unknown names are left out, as by Jira."""
        every = "*all" in wanted or "*navigable" in wanted
        names = [*_FIELDS] if every else [name for name in wanted if name in _FIELDS]
        return {name: _FIELDS[name](self, state) for name in names}


def snapshot(world: World, at_ms: int) -> Snapshot:
    """The site as it was at an instant not after the present."""
    written = world.once_ever("records", lambda: records(world.company))
    return world.once(
        ("snapshot", at_ms), lambda: Snapshot(world.company, written, at_ms)
    )


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


def _exists(record: Record, at_ms: int) -> bool:
    issue = record.issue
    return issue.created_ms <= at_ms and not 0 < issue.deleted_ms <= at_ms


def _state(record: Record, at_ms: int) -> State:
    issue = record.issue
    project = PROJECTS[issue.project]
    status, assignee, points, sprints = project.todo, record.assignee, record.points, ""
    resolution, resolved_ms = None, 0
    changed_ms = updated_ms = issue.created_ms
    for history in record.histories:
        if history.at_ms > at_ms:
            break
        updated_ms = history.at_ms
        for item in history.items:
            if item.field_id == "status":
                before, status = status, STATUS_BY_ID[item.after or ""]
                if status.category != before.category:
                    changed_ms = history.at_ms
            elif item.field_id == "assignee":
                assignee = item.after
            elif item.field_id == "resolution":
                resolution = item.after_shown
                resolved_ms = history.at_ms if item.after else 0
            elif item.field_id == SPRINT:
                sprints = item.after or ""
            elif item.field_id == "project":
                project = PROJECTS[issue.moved_to or issue.project]
            elif item.is_custom:
                points = None if item.after_shown is None else float(item.after_shown)
    if 0 < record.commented_ms <= at_ms:
        updated_ms = max(updated_ms, record.commented_ms)
    return State(
        record, issue.key(at_ms), project, status, assignee, points, sprints,
        resolution, resolved_ms, changed_ms, updated_ms,
    )  # fmt: skip


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


def _parent(site: Snapshot, state: State) -> dict[str, object] | None:
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


_FIELDS = {
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
    "customfield_10019": lambda site, s: f"0|i{s.issue_id:06d}:",
}  # fmt: skip
