"""What happens to one issue, as entries of its changelog."""

from dataclasses import dataclass

from ingestion.simulator import timeline
from ingestion.simulator.accounts import AUTOMATION, MARKETPLACE_APP
from ingestion.simulator.jira.site import (
    OLD_REVIEW_NAME,
    PROJECTS,
    RENAMED_ON,
    RESOLUTIONS,
    SPRINT,
    Project,
    Status,
)
from ingestion.simulator.outcomes import Issue

LONG_HISTORY = 1_500
FORTNIGHT_DAYS = 14
_HOUR_MS = 3_600_000
_RENAMED_MS = timeline.midnight_ms(timeline.index(RENAMED_ON))


@dataclass(frozen=True, slots=True)
class Item:
    """One changed field: values as ids and as shown then; None for no value."""

    field: str
    field_id: str
    is_custom: bool
    before: str | None
    before_shown: str | None
    after: str | None
    after_shown: str | None


class Events:
    """Entries of one issue's changelog, not yet in order."""

    def __init__(
        self,
        issue: Issue,
        worker: str | None,
        reporter: str | None,
        draws: list[float],
        names: dict[str, str],
    ) -> None:
        self._issue, self._worker, self._draws = issue, worker, draws
        self._names = names
        self._reporter = None if draws[5] < 0.003 else reporter
        self._project = PROJECTS[issue.moved_to or issue.project]
        self.entries: list[tuple[int, str | None, tuple[Item, ...]]] = []
        self.last_ms = issue.created_ms

    def estimate(self, first: float | None) -> None:
        """The estimate: given at creation (`first`), later, and perhaps changed."""
        issue = self._issue
        known = first
        later = issue.created_ms + min(_HOUR_MS, self._lead_ms() // 4)
        steps = [(later, issue.first_points)]
        if issue.last_points != issue.first_points:
            after = issue.done_ms or issue.created_ms + 24 * _HOUR_MS
            steps.append((issue.created_ms + (after - issue.created_ms) // 2,
                          issue.last_points))  # fmt: skip
        for at_ms, points in steps:
            if points != known:
                self._add(at_ms, self._reporter, self._points(known, points))
                known = points

    def recalculated(self) -> None:
        """The endless flips of an app that sums up estimates."""
        points = self._issue.last_points or 3.0
        known = self._issue.last_points
        for step in range(LONG_HISTORY):
            news = points + 1 - step % 2
            at_ms = self._issue.started_ms + (step + 1) * _HOUR_MS
            self._add(at_ms, MARKETPLACE_APP, self._points(known, news))
            known = news

    def course(self, assignee: str | None) -> None:
        """Assignment, statuses and resolution from creation to the last Done."""
        issue, project = self._issue, self._project
        if issue.moved_ms:
            self._move()
        now = project.todo
        if assignee != self._worker and self._worker is not None:
            at = (issue.started_ms or issue.done_ms or issue.created_ms + _HOUR_MS) - 1
            self._add(at, self._reporter, self._assigned(assignee, self._worker))
        if issue.started_ms:
            self._plan()
            self._add(issue.started_ms, self._worker,
                      _moved(now, project.progress, issue.started_ms))  # fmt: skip
            now = self._review()
        if issue.done_ms:
            self._done(issue.done_ms, now)
            self._again()

    def _review(self) -> Status:
        """Into review, for some back and forth; returns the status before Done."""
        issue, project = self._issue, self._project
        if project.review is None or not issue.done_ms or self._draws[6] < 0.2:
            return project.progress
        span = issue.done_ms - issue.started_ms
        steps = [(project.progress, project.review)]
        if self._draws[6] > 0.87:
            steps += [(project.review, project.progress), *steps]
        for place, (before, after) in enumerate(steps):
            at_ms = issue.started_ms + int(span * (0.6 + 0.12 * place))
            self._add(at_ms, self._worker, _moved(before, after, at_ms))
        return project.review

    def _done(self, at_ms: int, before: Status, had: str | None = None) -> None:
        """The entry to Done, with its resolution where the workflow sets one."""
        issue, project = self._issue, self._project
        by_app = not project.is_team_managed and self._draws[7] < 0.2
        items = [_moved(before, project.done, at_ms)]
        # Work that was dropped is always said to be so; nothing else would tell.
        may_forget = project.is_team_managed and issue.resolution == "Done"
        forgets = may_forget and self._draws[8] < 0.03
        if had is None and issue.resolution is not None and not forgets:
            items.append(_resolved(None, issue.resolution))
        if self._draws[9] < 0.03:
            items += [_version(name) for name in ("1.0", "1.1")]
        self._add(at_ms, AUTOMATION if by_app else self._worker, *items)

    def _again(self) -> None:
        """Reopening, the second Done, and a late change of hands."""
        issue, project = self._issue, self._project
        if issue.reopened_ms:
            keeps = self._draws[10] < 0.1
            at_ms = issue.reopened_ms
            items = [_moved(project.done, project.progress, at_ms)]
            was_resolved = any(
                item.field == "resolution"
                for *_, found in self.entries
                for item in found
            )
            if was_resolved and not keeps:
                items.append(_resolved(issue.resolution, None))
            self._add(at_ms, self._reporter, *items)
            had = issue.resolution if was_resolved and keeps else None
            self._done(issue.redone_ms, project.progress, had)
        if self._draws[11] < 0.01 and self._worker and self._reporter:
            at_ms = (issue.redone_ms or issue.done_ms) + 48 * _HOUR_MS
            self._add(
                at_ms, self._reporter, self._assigned(self._worker, self._reporter)
            )

    def _plan(self) -> None:
        """The sprints of the work, the last of which finishes it."""
        issue = self._issue
        if not self._project.has_sprints or issue.kind == "Epic":
            return
        first = _fortnight(issue.started_ms)
        last = max(first, _fortnight(issue.done_ms)) if issue.done_ms else first
        known: list[int] = []
        for number in range(first, min(last, first + 3) + 1):
            start = timeline.midnight_ms(number * FORTNIGHT_DAYS) + 7 * _HOUR_MS
            at_ms = issue.started_ms - 1_000 if number == first else start
            news = [*known, number]
            self._add(at_ms, self._reporter, self._sprints(known, news))
            known = news

    def _sprints(self, before: list[int], after: list[int]) -> Item:
        names = [", ".join(sprint_name(self._project, n) for n in numbers)
                 for numbers in (before, after)]  # fmt: skip
        ids = [", ".join(str(sprint_id(self._project, n)) for n in numbers)
               for numbers in (before, after)]  # fmt: skip
        return Item("Sprint", SPRINT, True, ids[0], names[0], ids[1], names[1])

    def _move(self) -> None:
        issue = self._issue
        old, new = PROJECTS[issue.project], self._project
        keys = (issue.key(0), issue.key(issue.moved_ms))
        self._add(
            issue.moved_ms,
            self._reporter,
            Item("project", "project", False, old.project_id, old.name,
                 new.project_id, new.name),
            Item("Key", "issuekey", False, None, keys[0], None, keys[1]),
        )  # fmt: skip

    def _points(self, before: float | None, after: float | None) -> Item:
        field_id = self._project.points_field
        shown = [None if p is None else f"{p:g}" for p in (before, after)]
        name = (
            "Story point estimate" if self._project.is_team_managed else "Story Points"
        )
        return Item(name, field_id, True, None, shown[0], None, shown[1])

    def _assigned(self, before: str | None, after: str | None) -> Item:
        names = [None if a is None else self._names[a] for a in (before, after)]
        return Item("assignee", "assignee", False, before, names[0], after, names[1])

    def _lead_ms(self) -> int:
        issue = self._issue
        return (
            issue.started_ms or issue.done_ms or issue.created_ms
        ) - issue.created_ms

    def _add(self, at_ms: int, author: str | None, *items: Item) -> None:
        at_ms = max(at_ms, self._issue.created_ms + 1)
        self.entries.append((at_ms, author, items))
        self.last_ms = max(self.last_ms, at_ms)


def sprint_id(project: Project, number: int) -> int:
    """Id of a project's fortnight."""
    return int(project.project_id) * 100 + number


def sprint_name(project: Project, number: int) -> str:
    """Name of a project's fortnight."""
    return f"{project.key} Sprint {number + 1}"


def _fortnight(at_ms: int) -> int:
    return max(0, timeline.index(timeline.instant(at_ms).date())) // FORTNIGHT_DAYS


def _moved(before: Status, after: Status, at_ms: int) -> Item:
    shown = [_name(status, at_ms) for status in (before, after)]
    return Item("status", "status", False, before.status_id, shown[0],
                after.status_id, shown[1])  # fmt: skip


def _name(status: Status, at_ms: int) -> str:
    """What a status was called at an instant."""
    was_old = at_ms < _RENAMED_MS and status.name == "In Review"
    return OLD_REVIEW_NAME if was_old else status.name


def _resolved(before: str | None, after: str | None) -> Item:
    ids = [None if name is None else RESOLUTIONS[name] for name in (before, after)]
    return Item("resolution", "resolution", False, ids[0], before, ids[1], after)


def _version(name: str) -> Item:
    return Item("Fix Version", "fixVersions", False, None, None, f"2{name[-1]}", name)
