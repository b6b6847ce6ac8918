"""The site at an instant: all issues that exist and may be seen."""

from collections.abc import Sequence

from ingestion.simulator.company import Company
from ingestion.simulator.jira.fields import FIELDS, account
from ingestion.simulator.jira.histories import Record, records
from ingestion.simulator.jira.state import State, state
from ingestion.simulator.jira.visibility import is_visible
from ingestion.simulator.world import World


class Snapshot:
    """The issues at an instant, in the order of their last update."""

    def __init__(self, company: Company, written: Sequence[Record], at_ms: int) -> None:
        self.at_ms = at_ms
        self._accounts = {a.account_id: a for a in company.jira_accounts}
        there = [state(record, at_ms) for record in written if _exists(record, at_ms)]
        found = [s for s in there if is_visible(s.project, at_ms)]
        self.hidden_ids = {s.issue_id for s in there} - {s.issue_id for s in found}
        self.states = sorted(found, key=lambda s: (s.updated_ms, s.issue_id))
        self.by_id = {s.issue_id: s for s in found}
        self.by_key = {s.key: s for s in found}
        # An old key still leads to the issue after a move.
        for known in found:
            self.by_key.setdefault(known.record.issue.key(0), known)

    def account(self, account_id: str | None) -> dict[str, object] | None:
        """An account as it stands in an issue or a history."""
        return None if account_id is None else account(self._accounts[account_id])

    def fields(self, found: State, wanted: Sequence[str]) -> dict[str, object]:
        """The wanted fields of an issue; unknown names are left out, as by Jira."""
        every = "*all" in wanted or "*navigable" in wanted
        names = [*FIELDS] if every else [name for name in wanted if name in FIELDS]
        return {name: FIELDS[name](self, found) for name in names}


def snapshot(world: World, at_ms: int) -> Snapshot:
    """The site as it was at an instant not after the present."""
    written = world.once_ever("records", lambda: records(world.company))
    return world.once(
        ("snapshot", at_ms), lambda: Snapshot(world.company, written, at_ms)
    )


def _exists(record: Record, at_ms: int) -> bool:
    issue = record.issue
    return issue.created_ms <= at_ms and not 0 < issue.deleted_ms <= at_ms
