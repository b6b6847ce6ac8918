"""A Jira Cloud site on loopback that answers with issues recorded by Apache DevLake.

recorded rows → pages of REST v3 with the vendor's paging, limits and refusals

Run it alone: `python -m tests.recorded_jira --data DIR --port 8093`. The recording is
of API v2 and of boards; search pages, histories and the directory pages are rebuilt
from it. The site has one field more than the recording: the one DevLake took as points.
"""

import argparse
import base64
import json
import re
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.devlake_jira import (
    DATA,
    STORY_POINTS_FIELD,
    expected_boards,
    expected_changelog_items,
    expected_counts,
    expected_histories,
    expected_issues,
    expected_panel_commits,
    expected_projects,
    expected_sprint_issues,
    expected_sprints,
    expected_statuses,
    expected_users,
    expected_worklogs,
    is_there,
    recorded,
    recorded_panels,
)
from tests.loopback_jira import EMAIL, TOKEN, Refusal, Served, serving

__all__ = [
    "DATA",
    "EMAIL",
    "STORY_POINTS_FIELD",
    "TOKEN",
    "RecordedJira",
    "Refusal",
    "Served",
    "expected_boards",
    "expected_changelog_items",
    "expected_counts",
    "expected_histories",
    "expected_issues",
    "expected_panel_commits",
    "expected_projects",
    "expected_sprint_issues",
    "expected_sprints",
    "expected_statuses",
    "expected_users",
    "expected_worklogs",
    "is_there",
    "serving",
]

POINTS = {
    "id": STORY_POINTS_FIELD,
    "key": STORY_POINTS_FIELD,
    "name": "Story Points",
    "custom": True,
    "schema": {
        "type": "number",
        "custom": "com.atlassian.jira.plugin.system.customfieldtypes:float",
        "customId": 10024,
    },
}
BOARDS = "/rest/agile/1.0/board"
_PROJECTS = re.compile(r"project in \(([^)]*)\)")
_SINCE = re.compile(r"updated >= (\d+)")


class RecordedJira:
    """Answers of the site; at most `most` issues, histories or accounts a page.

    `faults` are raised or given instead, by path, before the true answers.
    """

    def __init__(self, data: Path = DATA, most: int = 10) -> None:
        self.most = most
        self.faults: dict[str, deque[Any]] = defaultdict(deque)
        boards = [
            {
                "id": int(board["board_id"]),
                "name": board["board_name"],
                "type": board["board_type"],
                "location": {"projectId": int(board["project_id"])},
            }
            for board in expected_boards(data)
        ]
        self._issues = sorted(recorded(data, "issues"), key=_updated)
        self._histories_in_order = sorted(
            (
                (issue["id"], {**h, "created": _milliseconds(h["created"])})
                for issue in self._issues
                for h in issue["changelog"]["histories"]
            ),
            key=lambda entry: (entry[1]["created"], int(entry[0]), int(entry[1]["id"])),
        )
        self._answers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "search/jql": self._search,
            "changelog/bulkfetch": self._histories,
            "users/search": self._users,
            "project/search": self._projects,
            "field": lambda _: [*recorded(data, "issue_fields"), POINTS],
            "status": lambda _: recorded(data, "status"),
            "myself": lambda _: {"accountId": "recorded", "displayName": "Reader"},
            "mypermissions": _granted,
            "serverInfo": lambda _: {"deploymentType": "Cloud"},
            "worklog/updated": self._updated_worklogs,
            "worklog/deleted": lambda _: {"values": [], "lastPage": True},
            "worklog/list": self._worklogs,
            BOARDS: lambda _: {"values": boards, "isLast": True},
            f"{BOARDS}/8/configuration": lambda _: {"id": 8},
            f"{BOARDS}/8/sprint": self._sprints,
            "/rest/dev-status/1.0/issue/detail": self._panel,
        }
        self._all_worklogs = recorded(data, "worklogs")
        self._all_sprints = recorded(data, "sprints")
        self._panels = recorded_panels(data)
        self._all_users = recorded(data, "users")
        self._all_projects = recorded(data, "projects")

    def __call__(self, path: str, query: dict[str, Any]) -> Any:
        """The answer to one request; raises Refusal."""
        if self.faults[path]:
            fault = self.faults[path].popleft()
            if isinstance(fault, Refusal):
                raise fault
            return fault
        if path not in self._answers:
            raise Refusal(404, "null for uri")
        return self._answers[path](query)

    def _search(self, query: dict[str, Any]) -> Any:
        found = self._found(query["jql"])
        names = query.get("fields", ["id"])
        is_ids_only = set(names) <= {"id", "key"}
        size = min(query.get("maxResults", 50), 5000 if is_ids_only else self.most)
        start = _start(query, query["jql"])
        page: dict[str, Any] = {
            "issues": [_with_fields(i, names) for i in found[start : start + size]],
            "isLast": start + size >= len(found),
        }
        if not page["isLast"]:
            page["nextPageToken"] = _token(start + size, query["jql"])
        return page

    def _found(self, jql: str) -> list[dict[str, Any]]:
        """Issues by the part of JQL that we write; unbounded JQL is refused."""
        projects, since = _PROJECTS.search(jql), _SINCE.search(jql)
        if projects is None and since is None:
            raise Refusal(400, "Unbounded JQL queries are not allowed here.")
        named = re.findall(r'"([^"]*)"', projects[1]) if projects else None
        for name in named or []:
            if name not in {p[k] for p in self._all_projects for k in ("id", "key")}:
                raise Refusal(
                    400, f"The value '{name}' does not exist for the field 'project'."
                )
        found = [
            issue
            for issue in self._issues
            if (named is None or set(named) & set(_project(issue)))
            and _updated(issue)[0] >= (int(since[1]) if since else 0)
        ]
        return found[::-1] if "DESC" in jql else found

    def _histories(self, query: dict[str, Any]) -> Any:
        ids, fields = query["issueIdsOrKeys"], query.get("fieldIds")
        if len(ids) > 1000 or len(fields or []) > 10:
            raise Refusal(400, "Too many issues or fields.")
        entries = [
            (issue_id, kept)
            for issue_id, history in self._histories_in_order
            if issue_id in ids and (kept := _of_fields(history, fields))["items"]
        ]
        key = json.dumps([ids, fields])
        start, size = _start(query, key), min(query["maxResults"], self.most)
        logs: dict[str, list[Any]] = defaultdict(list)
        for issue_id, history in entries[start : start + size]:
            logs[issue_id].append(history)
        page: dict[str, Any] = {
            "issueChangeLogs": [
                {"issueId": issue_id, "changeHistories": histories}
                for issue_id, histories in logs.items()
            ]
        }
        if start + size < len(entries):
            page["nextPageToken"] = _token(start + size, key)
        return page

    def _users(self, query: dict[str, Any]) -> Any:
        start = int(query.get("startAt", 0))
        size = min(int(query.get("maxResults", 50)), self.most)
        return self._all_users[start : start + size]

    def _updated_worklogs(self, query: dict[str, Any]) -> Any:
        """Mentions in order of change, from the one that was changed at `since` on."""
        mentions = sorted(
            (_milliseconds(worklog["updated"]), int(worklog["id"]))
            for worklog in self._all_worklogs
        )
        left = [one for one in mentions if one[0] >= int(query["since"])]
        page = left[: self.most]
        return {
            "values": [{"worklogId": one, "updatedTime": at} for at, one in page],
            "until": page[-1][0] if page else int(query["since"]),
            "lastPage": len(left) <= self.most,
        }

    def _worklogs(self, query: dict[str, Any]) -> Any:
        return [one for one in self._all_worklogs if int(one["id"]) in query["ids"]]

    def _sprints(self, query: dict[str, Any]) -> Any:
        start = int(query.get("startAt", 0))
        page = self._all_sprints[start : start + self.most]
        is_last = start + self.most >= len(self._all_sprints)
        return {"values": page, "isLast": is_last}

    def _panel(self, query: dict[str, Any]) -> Any:
        nothing: dict[str, Any] = {"errors": [], "detail": []}
        is_told = query["dataType"] == "repository"
        return self._panels.get(query["issueId"], nothing) if is_told else nothing

    def _projects(self, query: dict[str, Any]) -> Any:
        start = int(query.get("startAt", 0))
        size = min(int(query.get("maxResults", 50)), self.most)
        total = len(self._all_projects)
        return {
            "startAt": start,
            "maxResults": size,
            "total": total,
            "isLast": start + size >= total,
            "values": self._all_projects[start : start + size],
        }


def _granted(query: dict[str, Any]) -> Any:
    names = query["permissions"].split(",")
    return {
        "permissions": {name: {"key": name, "havePermission": True} for name in names}
    }


def _project(issue: dict[str, Any]) -> tuple[str, str]:
    """Id and key of the issue's project."""
    project = issue["fields"]["project"]
    return project["id"], project["key"]


def _updated(issue: dict[str, Any]) -> tuple[int, int]:
    """What the site sorts by: last update in epoch milliseconds, then id."""
    return _milliseconds(issue["fields"]["updated"]), int(issue["id"])


def _milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def _with_fields(issue: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The issue as search gives it: its ids, and the fields asked for."""
    fields = {name: issue["fields"][name] for name in names if name in issue["fields"]}
    shown = {name: issue[name] for name in ("id", "key", "self", "expand")}
    return {**shown, "fields": fields} if fields else shown


def _of_fields(history: dict[str, Any], fields: list[str] | None) -> dict[str, Any]:
    """The entry with its changes of these fields, or of all."""
    items = [i for i in history["items"] if not fields or i.get("fieldId") in fields]
    return {**history, "items": items}


def _token(offset: int, query: str) -> str:
    """An opaque token that belongs to one query."""
    return base64.b64encode(f"{offset} {len(query)}".encode()).decode()


def _start(query: dict[str, Any], key: str) -> int:
    """Where the page of a token starts; a token of another query is refused."""
    if "nextPageToken" not in query:
        return 0
    offset, size = base64.b64decode(query["nextPageToken"]).split()
    if int(size) != len(key):
        raise Refusal(400, "The token belongs to another query.")
    return int(offset)


def main() -> None:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR")
    parser.add_argument("--port", type=int, default=0)
    chosen = parser.parse_args()
    if not is_there(chosen.data):
        parser.error(f"{chosen.data} holds no recording (no e2e/raw_tables).")
    with serving(RecordedJira(chosen.data), chosen.port) as served:
        print(f"{served.url}  e-mail {EMAIL}  token {TOKEN}", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
