"""A gate: what it checks, how bad a failure is, and how to look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from expectations.evidence import PERSONS, Decision, Evidence, Finding, Look

WHOLE = "candidate"
Looking = Callable[[Evidence], Look]


@dataclass(frozen=True)
class Gate:
    """One check of one subject; a table it `needs` and lacks leaves it out.

    `severity` is the worst it can decide. `threshold` names the limit it holds
    `observed` against; exact gates have none.
    """

    id: str
    title: str
    subject: str
    look: Looking
    fix: str
    severity: Literal["block", "withhold", "warn"] = "block"
    threshold: str | None = None
    needs: tuple[str, ...] = ()

    def applies_to(self, evidence: Evidence) -> bool:
        """Whether everything it looks at is in the candidate."""
        subject = () if self.subject == WHOLE else (self.subject,)
        return {*subject, *self.needs} <= evidence.marts


def discrepancies(sql: str, decision: Decision = "block") -> Looking:
    """SQL with one row per discrepancy, in words in `finding`: none is expected.

    A column `decision` says how bad each is; without it all are as bad as `decision`.
    """

    def look(evidence: Evidence) -> Look:
        found = [
            Finding(row["finding"], row.get("decision", decision))
            for row in evidence.rows(sql)
        ]
        return Look(tuple(found), float(len(found)))

    return look


def measured(sql: str) -> Looking:
    """SQL with `finding`, `observed`, `decision` of every slice, the worst first."""

    def look(evidence: Evidence) -> Look:
        rows = evidence.rows(sql)
        found = [
            Finding(row["finding"], row["decision"])
            for row in rows
            if row["decision"] != "pass"
        ]
        if not rows:
            return Look((), None, "there is nothing to judge")
        return Look(tuple(found), float(rows[0]["observed"]), rows[0]["finding"])

    return look


def shared_measures(evidence: Evidence) -> list[str]:
    """Measures of the long mart that are columns of the wide one."""
    rows = evidence.rows("select distinct measure from {figures} order by measure")
    wide = evidence.columns_of(PERSONS)
    return [row["measure"] for row in rows if row["measure"] in wide]
