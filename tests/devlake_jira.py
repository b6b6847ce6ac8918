"""Jira answers recorded by Apache DevLake, and the rows its own tests expect of them.

The files are not part of this project; see `DATA`. The rows of one connection and board
belong together, and rows of others in the same files are left out.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "shared/data/devlake/jira"
STORY_POINTS_FIELD = "customfield_10024"  # as DevLake was configured
_OURS = {"ConnectionId": 2, "BoardId": 8}
_LARGEST_CELL = 1 << 27  # characters


def is_there(data: Path = DATA) -> bool:
    """Whether the recording is on this machine."""
    return (data / "e2e/raw_tables/_raw_jira_api_issues.csv").is_file()


def recorded(data: Path, table: str) -> list[dict[str, Any]]:
    """The API records of one raw table, in the order of the file."""
    path = data / f"e2e/raw_tables/_raw_jira_api_{table}.csv"
    return [
        json.loads(row["data"])
        for row in _rows(path)
        if json.loads(row["params"]) == _OURS
    ]


def recorded_panels(data: Path) -> dict[str, dict[str, Any]]:
    """Development panels by issue id; they are of another board of the company."""
    path = data / "e2e/raw_tables/_raw_jira_api_development_panels.csv"
    return {
        str(json.loads(row["input"])["issue_id"]): json.loads(row["data"])
        for row in _rows(path)
    }


def expected_issues(data: Path = DATA) -> list[dict[str, Any]]:
    """Issues under our column names, and `lead_time_minutes` by DevLake's rule.

    DevLake writes 0 story points for "not estimated"; nothing here is estimated at 0.
    """
    return [
        {
            "issue_id": row["issue_id"],
            "issue_key": row["issue_key"],
            "project_id": row["project_id"],
            "issue_type_name": row["type"],
            "is_subtask": row["subtask"] == "1",
            "parent_issue_id": row["parent_id"] if row["parent_id"] != "0" else None,
            "status_name": row["status_name"],
            "status_category_key": row["status_key"],
            "priority_name": row["priority_name"],
            "assignee_account_id": row["assignee_account_id"] or None,
            "creator_account_id": row["creator_account_id"] or None,
            "story_points": float(row["story_point"]) or None,
            "created_at": _utc(row["created"]),
            "updated_at": _utc(row["updated"]),
            "resolved_at": _utc(row["resolution_date"]),
            "lead_time_minutes": int(row["lead_time_minutes"]),
        }
        for row in _snapshot(data, "_tool_jira_issues")
    ]


def expected_changelog_items(data: Path = DATA) -> list[dict[str, Any]]:
    """Changes by entry; DevLake keeps one of several changes of one field at once."""
    return [
        {
            "history_id": row["changelog_id"],
            "field": row["field"],
            "from_string": row["from_string"] or None,
            "to_string": row["to_string"] or None,
        }
        for row in _snapshot(data, "_tool_jira_issue_changelog_items")
    ]


def expected_histories(data: Path = DATA) -> list[dict[str, Any]]:
    """Entries: whose, of which issue, and when."""
    return [
        {
            "history_id": row["changelog_id"],
            "issue_id": row["issue_id"],
            "author_account_id": row["author_account_id"] or None,
            "changed_at": _utc(row["created"]),
        }
        for row in _snapshot(data, "_tool_jira_issue_changelogs")
    ]


def expected_counts(data: Path = DATA) -> dict[str, tuple[int, int]]:
    """History entries and comments by issue."""
    return {
        row["issue_id"]: (int(row["changelog_total"]), int(row["comment_total"]))
        for row in _snapshot(data, "_tool_jira_issues")
    }


def expected_boards(data: Path = DATA) -> list[dict[str, Any]]:
    """Boards."""
    return [
        {
            "board_id": row["board_id"],
            "board_name": row["name"],
            "board_type": row["type"],
            "project_id": row["project_id"],
        }
        for row in _snapshot(data, "_tool_jira_boards")
    ]


def expected_sprints(data: Path = DATA) -> list[dict[str, Any]]:
    """Sprints."""
    return [
        {
            "sprint_id": row["sprint_id"],
            "sprint_name": row["name"],
            "state": row["state"],
            "board_id": row["origin_board_id"],
            "started_at": _utc(row["start_date"]),
            "ends_at": _utc(row["end_date"]),
            "completed_at": _utc(row["complete_date"]),
        }
        for row in _snapshot(data, "_tool_jira_sprints")
    ]


def expected_sprint_issues(data: Path = DATA) -> set[tuple[str, str]]:
    """(sprint, issue) of the sprints that issues ever were in."""
    return {
        (row["sprint_id"], row["issue_id"])
        for row in _snapshot(data, "_tool_jira_sprint_issues")
    }


def expected_worklogs(data: Path = DATA) -> list[dict[str, Any]]:
    """Worklogs."""
    return [
        {
            "worklog_id": row["worklog_id"],
            "issue_id": row["issue_id"],
            "author_account_id": row["author_id"],
            "started_at": _utc(row["started"]),
            "seconds": int(row["time_spent_seconds"]),
            "updated_at": _utc(row["updated"]),
        }
        for row in _snapshot(data, "_tool_jira_worklogs")
    ]


def expected_panel_commits(data: Path = DATA) -> set[tuple[str, str]]:
    """(issue, sha) of the commits that development panels show."""
    return {
        (row["issue_id"], row["commit_sha"])
        for row in _snapshot(data, "_tool_jira_issue_commits_dev_panel")
    }


def expected_statuses(data: Path = DATA) -> list[dict[str, Any]]:
    """Statuses that are not of one project alone, which DevLake leaves out."""
    return [
        {
            "status_id": row["id"],
            "status_name": row["name"],
            "status_category_key": row["status_category"],
        }
        for row in _snapshot(data, "_tool_jira_statuses")
    ]


def expected_users(data: Path = DATA) -> list[dict[str, Any]]:
    """Accounts."""
    return [
        {
            "account_id": row["account_id"],
            "account_type": row["account_type"],
            "display_name": row["name"],
            "email": row["email"] or None,
        }
        for row in _snapshot(data, "_tool_jira_accounts")
    ]


def expected_projects(data: Path = DATA) -> list[dict[str, Any]]:
    """Projects."""
    return [
        {
            "project_id": row["id"],
            "project_key": row["project_key"],
            "project_name": row["name"],
        }
        for row in _snapshot(data, "_tool_jira_projects")
    ]


def _snapshot(data: Path, table: str) -> Iterator[dict[str, str]]:
    """Rows of what DevLake's tests assert."""
    return _rows(data / f"e2e/snapshot_tables/{table}.csv")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file; one of them begins with an empty line."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read().lstrip("\r\n").splitlines(keepends=True)
            yield from csv.DictReader(text)
    finally:
        csv.field_size_limit(before)


def _utc(text: str) -> datetime | None:
    """Naive UTC, as the lake stores it; None for an empty cell."""
    if not text:
        return None
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
