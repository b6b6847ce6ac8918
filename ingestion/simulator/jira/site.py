"""The site's projects, workflows, fields and types."""

from dataclasses import dataclass
from datetime import date

from ingestion.simulator.organisation import TEAMS

NEW, IN_PROGRESS, DONE = 2, 4, 3
CATEGORIES = {
    NEW: ("new", "To Do", "blue-gray"),
    IN_PROGRESS: ("indeterminate", "In Progress", "yellow"),
    DONE: ("done", "Done", "green"),
}
TEAM_MANAGED = ("ISL", "JUN", "KES", "MEA")
# The account of the token may not see it.
HIDDEN_PROJECT = "SEC"
POINTS_OF_TEAM_MANAGED, POINTS, SPRINT = (
    "customfield_10016",
    "customfield_10026",
    "customfield_10020",
)
# Consultants' clients are asked how satisfied they are.
SERVICE_PROJECT = "KES"
SATISFACTION, SATISFIED_AT = "customfield_10050", "customfield_10051"
RESOLUTIONS = {"Done": "10000", "Won't Do": "10001", "Duplicate": "10002"}
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
KINDS = ("Epic", "Story", "Task", "Sub-task", "Bug")
# "In Review" had another name until this day, which old changelog entries still show.
RENAMED_ON, OLD_REVIEW_NAME = date(2026, 3, 1), "Code Review"


@dataclass(frozen=True)
class Status:
    """A status; `project_id` is set for one of a team-managed project."""

    status_id: str
    name: str
    category: int
    project_id: str | None = None
    untranslated_name: str | None = None


@dataclass(frozen=True)
class Project:
    """A project and its workflow; `review` is a second status in progress, or None."""

    project_id: str
    key: str
    name: str
    is_team_managed: bool
    todo: Status
    progress: Status
    review: Status | None
    done: Status

    @property
    def points_field(self) -> str:
        """The field in which this project estimates."""
        return POINTS_OF_TEAM_MANAGED if self.is_team_managed else POINTS

    @property
    def has_sprints(self) -> bool:
        """Whether it plans in fortnights."""
        return not self.is_team_managed and self.review is _REVIEW

    def type_id(self, kind: str) -> str:
        """Id of an issue type; team-managed projects have their own."""
        own = int(self.project_id) * 10 if self.is_team_managed else 10_000
        return str(own + KINDS.index(kind))


_TODO = Status("10000", "To Do", NEW)
_PROGRESS = Status("3", "In Progress", IN_PROGRESS)
_REVIEW = Status("10010", "In Review", IN_PROGRESS)
_WAITING = Status("10011", "Waiting", IN_PROGRESS)
_DONE = Status("10002", "Done", DONE)
# (name, its untranslated name, category) of what team-managed projects call theirs.
_OWN_STATUSES = {
    "ISL": (("To Do", NEW), ("In Progress", IN_PROGRESS), ("Done", DONE)),
    "JUN": (
        ("Zu erledigen/To Do", NEW),
        ("In Arbeit/In Progress", IN_PROGRESS),
        ("Erledigt/Done", DONE),
    ),
    "KES": (
        ("To Do", NEW),
        ("In Progress", IN_PROGRESS),
        ("Done", DONE),
        ("Review", IN_PROGRESS),
    ),
    "MEA": (("Waiting", NEW), ("In Progress", IN_PROGRESS), ("Done", DONE)),
}


def _project(number: int, key: str, name: str) -> Project:
    project_id = str(10_030 + number)
    if key not in TEAM_MANAGED:
        review = _WAITING if key in {"GRA", "HAR"} else _REVIEW
        return Project(project_id, key, name, False, _TODO, _PROGRESS, review, _DONE)
    own: list[Status] = []
    for place, (names, category) in enumerate(_OWN_STATUSES[key]):
        shown, _, original = names.partition("/")
        status_id = str(10_100 + 10 * number + place)
        own.append(Status(status_id, shown, category, project_id, original or None))
    todo, progress, done, *review = own
    last = review[0] if review else None
    return Project(project_id, key, name, True, todo, progress, last, done)


PROJECTS = {
    team.project: _project(number, team.project, f"Team {team.team}")
    for number, team in enumerate(TEAMS)
}
STATUSES = tuple(
    dict.fromkeys(
        status
        for p in PROJECTS.values()
        for status in (p.todo, p.progress, p.review, p.done)
        if status is not None
    )
)
STATUS_BY_ID = {status.status_id: status for status in STATUSES}
_SYSTEM_FIELDS = (
    ("summary", "Summary", "string"), ("status", "Status", "status"),
    ("assignee", "Assignee", "user"), ("creator", "Creator", "user"),
    ("reporter", "Reporter", "user"), ("issuetype", "Issue Type", "issuetype"),
    ("priority", "Priority", "priority"), ("resolution", "Resolution", "resolution"),
    ("project", "Project", "project"), ("parent", "Parent", "issuelink"),
    ("created", "Created", "datetime"), ("updated", "Updated", "datetime"),
    ("resolutiondate", "Resolved", "datetime"), ("labels", "Labels", "array"),
    ("statuscategorychangedate", "Status Category Changed", "datetime"),
)  # fmt: skip
_FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
_CUSTOM_FIELDS = (
    (POINTS_OF_TEAM_MANAGED, "Story point estimate", "number",
     "com.pyxis.greenhopper.jira:jsw-story-points"),
    (POINTS, "Story Points", "number", _FLOAT),
    ("customfield_10044", "Story Points (migrated)", "number", _FLOAT),
    (SPRINT, "Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint"),
    ("customfield_10019", "Rank", "any", "com.pyxis.greenhopper.jira:gh-lexo-rank"),
    (SATISFACTION, "Satisfaction", "sd-feedback",
     "com.atlassian.servicedesk:sd-request-feedback"),
    (SATISFIED_AT, "Satisfaction date", "datetime",
     "com.atlassian.servicedesk:sd-request-feedback-date"),
)  # fmt: skip


def fields() -> list[dict[str, object]]:
    """The body of `/field`."""
    system: list[dict[str, object]] = [
        {
            "id": name,
            "key": name,
            "name": shown,
            "custom": False,
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": [name],
            "schema": {"type": kind, "system": name},
        }
        for name, shown, kind in _SYSTEM_FIELDS
    ]
    custom: list[dict[str, object]] = [
        {
            "id": name,
            "key": name,
            "name": shown,
            "untranslatedName": shown,
            "custom": True,
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": [f"cf[{name.rpartition('_')[2]}]", shown],
            "schema": {
                "type": kind,
                "custom": custom,
                "customId": int(name.rpartition("_")[2]),
            },
        }
        for name, shown, kind, custom in _CUSTOM_FIELDS
    ]
    return system + custom
