"""What a gate may look at, and what it says it saw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

Decision = Literal["pass", "warn", "withhold", "block"]
# SQL to a pandas frame; pandas ships partial types, so that frames are Any here.
Query = Callable[[str], Any]
WORST: Sequence[Decision] = ("pass", "warn", "withhold", "block")
DICTIONARY = "mart_column_dictionary"
PERSONS = "review.mart_person_efficiency_quarterly"
FIGURES = "review.fct_person_figure"
TEAMS = "teams.mart_team_period"
PROJECTS = "teams.mart_project_satisfaction"
COSTS = "finance.mart_cost_reconciliation"
VARIANCE = "finance.mart_cost_variance"
UNATTRIBUTED = "steward.mart_unattributed_usage"
COVERAGE = "steward.mart_source_coverage"
OUTCOMES = "steward.mart_outcome_reconciliation"
GATE_RESULTS = "steward.mart_publication_gate"


@dataclass(frozen=True)
class Finding:
    """One thing seen, in words that name no person."""

    text: str
    decision: Decision


@dataclass(frozen=True)
class Look:
    """All that a gate found; `observed` is the number to print beside its threshold.

    `note` says how near the limit it was, or why there was nothing to look at.
    """

    findings: tuple[Finding, ...]
    observed: float | None = None
    note: str | None = None

    @property
    def decision(self) -> Decision:
        """The worst of the findings."""
        found = [WORST.index(finding.decision) for finding in self.findings]
        return WORST[max(found, default=0)]


@dataclass(frozen=True)
class Evidence:
    """A candidate as SQL sees it: tables named `<audience>.<mart>`."""

    query: Query
    candidate_id: str
    present: datetime
    thresholds: Mapping[str, float]
    edges: frozenset[tuple[str, str]] = frozenset()
    previous: "Evidence | None" = None

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of the query, with marts, limits, candidate and day filled in."""
        filled = sql.format(
            persons=PERSONS,
            figures=FIGURES,
            teams=TEAMS,
            projects=PROJECTS,
            costs=COSTS,
            variance=VARIANCE,
            unattributed=UNATTRIBUTED,
            coverage=COVERAGE,
            outcomes=OUTCOMES,
            candidate_id=self.candidate_id,
            today=f"date '{self.present.astimezone(UTC):%Y-%m-%d}'",
            **self.thresholds,
        )
        return self.query(filled).to_dict("records")

    @cached_property
    def marts(self) -> frozenset[str]:
        """Every published mart as `<audience>.<mart>`, dictionaries left out."""
        tables = self.query(
            "select table_catalog, table_name from information_schema.tables"
        )
        named = tables.itertuples(index=False, name=None)
        return frozenset(f"{file}.{name}" for file, name in named if name != DICTIONARY)

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """Mart (`<audience>.<mart>`), column_name and data_type of every column."""
        audiences = sorted({mart.split(".")[0] for mart in self.marts})
        return self.rows(
            " union all ".join(
                f"from {audience}.{DICTIONARY} "
                f"select '{audience}.' || mart as mart, column_name, data_type"
                for audience in audiences
            )
        )

    def columns_of(self, mart: str) -> dict[str, str]:
        """SQL types by column of a mart, in its order."""
        return {
            column["column_name"]: column["data_type"]
            for column in self.columns
            if column["mart"] == mart
        }

    def beside(self, previous: Query) -> "Evidence":
        """The same with the release before it to compare with."""
        return replace(self, previous=replace(self, query=previous))
