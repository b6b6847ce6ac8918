"""The truth about outcomes at an instant: issues, who delivered them, merged work."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyarrow ships no types.

from collections import defaultdict
from datetime import datetime

import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.change import Change
from ingestion.simulator.company import Company
from ingestion.simulator.organisation import UNLINKED_IN_JIRA
from ingestion.simulator.outcomes import Issue
from ingestion.simulator.totals import INSTANT, TEXT, WHOLE_NUMBER, table

WHOLE = 1_000_000
_CODE = ("source", "binary")  # documentation is delivered by whom it was given to


def listed(company: Company, at_ms: int) -> list[Issue]:
    """Issues that exist at an instant."""
    return [
        issue
        for issue in company.issues
        if issue.created_ms <= at_ms and not 0 < issue.deleted_ms <= at_ms
    ]


def issues(company: Company, at_ms: int) -> pa.Table:
    """One row per issue the site lists: its course, and who worked on it."""
    rows = [
        (
            str(issue.issue_id),
            issue.key(at_ms),
            issue.kind,
            issue.worker,
            issue.resolution if issue.done_ms <= at_ms else None,
            timeline.instant(issue.created_ms),
            _until(issue.started_ms, at_ms),
            _until(issue.done_ms, at_ms),
            _until(issue.reopened_ms, at_ms),
            _until(issue.delivered_ms(at_ms), at_ms),
        )
        for issue in listed(company, at_ms)
    ]
    texts = ("issue_id", "issue_key", "kind", "worker_person_id", "resolution")
    times = ("created_at", "started_at", "first_done_at", "reopened_at", "done_at")
    columns = [(name, TEXT) for name in texts] + [(name, INSTANT) for name in times]
    return table(rows, *columns)


def delivered(company: Company, at_ms: int) -> pa.Table:
    """One row per delivered issue and person with a share of its credit.

    Credit is in millionths and sums to one million; a share that nobody has is a row
    without a person. Delivered is: last entered Done, and resolved as done.
    """
    linked = _credited(company, at_ms)
    rows: list[tuple[object, ...]] = []
    for issue in listed(company, at_ms):
        done = issue.delivered_ms(at_ms)
        if done and issue.resolution == "Done":
            authors = linked.get(issue.issue_id)
            at = timeline.instant(done)
            is_known = bool(authors) or issue.worker not in UNLINKED_IN_JIRA
            rows += [
                (person, str(issue.issue_id), issue.kind, at, credit, is_known)
                for person, credit in shares(authors or [issue.worker])
            ]
    return table(
        rows,
        ("person_id", TEXT),
        ("issue_id", TEXT),
        ("kind", TEXT),
        ("done_at", INSTANT),
        ("credit_millionths", WHOLE_NUMBER),
        ("is_resolvable", pa.bool_()),
    )


def merged(company: Company, at_ms: int) -> pa.Table:
    """One row per step of a default branch that is work, and credited person.

    `kind` is source, documentation, or binary (a picture beside source).
    """
    rows = [
        (
            person,
            change.repository,
            change.number,
            change.kind,
            change.issue_key,
            timeline.instant(change.merged_ms),
            credit,
        )
        for change in _merged(company, at_ms)
        for person, credit in _credit(change)
    ]
    return table(
        rows,
        ("person_id", TEXT),
        ("repository", TEXT),
        ("change_number", WHOLE_NUMBER),
        ("kind", TEXT),
        ("issue_key", TEXT),
        ("merged_at", INSTANT),
        ("credit_millionths", WHOLE_NUMBER),
    )


def shares(persons: list[str | None]) -> list[tuple[str | None, int]]:
    """Equal shares in whole millionths, the remainder one by one to the first ids."""
    ordered = sorted(persons, key=lambda person: (person is None, person or ""))
    base, rest = divmod(WHOLE, len(ordered))
    return [(person, base + (n < rest)) for n, person in enumerate(ordered)]


def _credit(change: Change) -> list[tuple[str | None, int]]:
    persons = [author.person_id for author in change.credited()]
    return shares(persons) if persons else []


def _merged(company: Company, at_ms: int) -> list[Change]:
    return [change for change in company.changes if change.merged_ms <= at_ms]


def _credited(company: Company, at_ms: int) -> dict[int, list[str | None]]:
    """The persons who wrote the merged code of each issue, once each."""
    found: defaultdict[int, dict[str | None, None]] = defaultdict(dict)
    for change in _merged(company, at_ms):
        if change.issue_id is not None and change.kind in _CODE:
            for author in change.credited():
                found[change.issue_id][author.person_id] = None
    return {issue_id: list(persons) for issue_id, persons in found.items()}


def _until(milliseconds: int, at_ms: int) -> datetime | None:
    is_past = 0 < milliseconds <= at_ms
    return timeline.instant(milliseconds) if is_past else None
