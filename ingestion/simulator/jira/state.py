"""One issue at an instant: its present state, from its history until then."""

from dataclasses import dataclass

from ingestion.simulator.jira.histories import Record
from ingestion.simulator.jira.site import (
    PROJECTS,
    SPRINT,
    STATUS_BY_ID,
    Project,
    Status,
)


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
    rating: int | None

    @property
    def issue_id(self) -> int:
        """The stable id."""
        return self.record.issue.issue_id


def state(record: Record, at_ms: int) -> State:
    """The state of a record's issue at an instant."""
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
    rating = record.rating if 0 < record.rated_ms <= at_ms else None
    if 0 < record.commented_ms <= at_ms:
        updated_ms = max(updated_ms, record.commented_ms)
    return State(
        record, issue.key(at_ms), project, status, assignee, points, sprints,
        resolution, resolved_ms, changed_ms, updated_ms, rating,
    )  # fmt: skip
