"""A candidate in memory that a test may spoil, and the audit of it."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from expectations.evidence import Query
from expectations.gate import Audit, audit
from tests.publication.small_warehouse import PRESENT

EDGES = frozenset(
    {
        ("intermediate/int_usage_priced", "marts/review/fct_person_figure"),
        ("marts/review/fct_person_figure", "marts/allocation/mart_balance"),
    }
)


class Company:
    """The files of a candidate, copied into memory under the names that gates use."""

    def __init__(self, candidate: Path) -> None:
        self.candidate_id = candidate.name
        self.connection = duckdb.connect()
        for file in sorted(candidate.glob("*.duckdb")):
            self.connection.execute(f"attach '{file}' as written (read_only)")
            self.connection.execute(f"attach ':memory:' as {file.stem}")
            self.connection.execute(f"copy from database written to {file.stem}")
            self.connection.execute("detach written")

    def seed(self, *statements: str) -> "Company":
        """Spoil the files."""
        for statement in statements:
            self.connection.execute(statement)
        return self

    def query(self, sql: str) -> Any:
        """SQL to a frame."""
        return self.connection.execute(sql).df()

    def audit(
        self,
        only: Collection[str] | None = None,
        *,
        thresholds: Mapping[str, float] | None = None,
        edges: Iterable[tuple[str, str]] = EDGES,
        previous: Query | None = None,
    ) -> Audit:
        """The audit of the files as they are now."""
        return audit(
            self.query,
            candidate_id=self.candidate_id,
            content_hash="content",
            thresholds=thresholds or {},
            edges=edges,
            present=PRESENT,
            previous=previous,
            only=only,
        )


def decisions(of: Audit) -> dict[tuple[str, str], str]:
    """What was decided, but for what simply passed."""
    return {
        (row["gate_id"], row["gate_subject"]): row["decision"] for row in of.findings
    }
