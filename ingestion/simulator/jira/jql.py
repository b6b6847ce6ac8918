"""The part of JQL that a connector needs; everything else is refused, never ignored."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingestion.simulator.jira.answers import Refused, local_ms
from ingestion.simulator.jira.site import SATISFACTION
from ingestion.simulator.jira.state import State
from ingestion.simulator.jira.visibility import visible_projects

_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LIST = re.compile(r"(\w+)\s+in\s*\((.+)\)", re.IGNORECASE | re.DOTALL)
_COMPARISON = re.compile(r"(\w+)\s*(>=|<=|=|>|<)\s*(.+)", re.DOTALL)
_ANSWERED = re.compile(r"cf\[(\d+)\] is not empty", re.IGNORECASE)
_DATE = re.compile(r"\d{4}[-/]\d\d[-/]\d\d( \d\d:\d\d)?")
_MOST_ORDERS = 7
Test = Callable[[State], bool]


@dataclass(frozen=True)
class Search:
    """A bounded search: tests that all must pass, and (field, is descending)."""

    tests: tuple[Test, ...]
    orders: tuple[tuple[str, bool], ...]

    def chosen(self, states: list[State]) -> list[State]:
        """The states that pass, in order."""
        found = [s for s in states if all(test(s) for test in self.tests)]
        for field, is_descending in reversed(self.orders):
            found.sort(key=_SORT[field], reverse=is_descending)
        return found


_TIMES: dict[str, Callable[[State], int]] = {
    "updated": lambda state: state.updated_ms,
    "created": lambda state: state.record.issue.created_ms,
}
_SORT: dict[str, Callable[[State], int | tuple[str, int]]] = {
    **_TIMES,
    "id": lambda state: state.issue_id,
    "key": lambda state: (state.project.key, int(state.key.rpartition("-")[2])),
}
_SORT["issuekey"] = _SORT["key"]


def search(jql: str, at_ms: int) -> Search:
    """The search that a query means; raises Refused for what it cannot be.

    A project that may not be seen at the instant does not exist.
    """
    conditions, *ordering = _ORDER.split(jql)
    clauses = [part for part in _AND.split(conditions.strip()) if part]
    if not clauses:
        raise Refused(
            400,
            "Unbounded JQL queries are not allowed here. "
            "Please add a search restriction to your query.",
        )
    tests = tuple(_test(clause, at_ms) for clause in clauses)
    return Search(tests, _orders(ordering))


def _orders(ordering: list[str]) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for part in (part for text in ordering for part in text.split(",")):
        words = part.split()
        field = words[0].lower() if words else ""
        direction = words[1].lower() if len(words) > 1 else "asc"
        if field not in _SORT or direction not in {"asc", "desc"} or len(words) > 2:
            raise Refused(400, f"Error in the JQL Query: cannot order by {part!r}.")
        found.append((field, direction == "desc"))
    if len(found) > _MOST_ORDERS:
        raise Refused(400, f"At most {_MOST_ORDERS} fields may be ordered by.")
    return tuple(found)


def _test(clause: str, at_ms: int) -> Test:
    listed, compared = _LIST.fullmatch(clause), _COMPARISON.fullmatch(clause)
    if listed is not None:
        values = [_plain(value) for value in listed[2].split(",")]
        return _membership(listed[1].lower(), values, clause, at_ms)
    if compared is not None and compared[1].lower() in _TIMES:
        return _time_test(compared[1].lower(), compared[2], compared[3].strip())
    if compared is not None and compared[2] == "=":
        return _membership(compared[1].lower(), [_plain(compared[3])], clause, at_ms)
    answered = _ANSWERED.fullmatch(clause)
    if answered is not None and f"customfield_{answered[1]}" == SATISFACTION:
        return lambda state: state.rating is not None
    raise Refused(400, f"Error in the JQL Query: cannot read {clause!r}.")


def _membership(field: str, values: list[str], clause: str, at_ms: int) -> Test:
    if field == "project":
        keys = {_project_key(value, at_ms) for value in values}
        return lambda state: state.project.key in keys
    if field in {"id", "key", "issuekey", "issue"}:
        wanted = set(values)
        return lambda state: state.key in wanted or str(state.issue_id) in wanted
    raise Refused(400, f"Error in the JQL Query: cannot read {clause!r}.")


def _project_key(value: str, at_ms: int) -> str:
    for project in visible_projects(at_ms):
        if value in {project.key, project.project_id, project.name}:
            return project.key
    raise Refused(400, f"The value '{value}' does not exist for the field 'project'.")


def _time_test(field: str, sign: str, text: str) -> Test:
    """A test of a time: epoch milliseconds, or a minute in the caller's zone."""
    value = _plain(text)
    if value.isdigit():
        limit = int(value)
    elif _DATE.fullmatch(value):
        limit = local_ms(value)
    else:
        raise Refused(400, f"Date value '{value}' for field '{field}' is invalid.")
    time = _TIMES[field]
    tests: dict[str, Test] = {
        ">=": lambda state: time(state) >= limit,
        ">": lambda state: time(state) > limit,
        "<=": lambda state: time(state) <= limit,
        "<": lambda state: time(state) < limit,
        "=": lambda state: time(state) == limit,
    }
    return tests[sign]


def _plain(value: str) -> str:
    return value.strip().strip("\"'")
