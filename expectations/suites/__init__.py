"""What a whole mart must look like: one module, one `suite()`, per published mart."""

from collections.abc import Callable, Mapping

from expectations.suites import (
    fct_ai_cost,
    fct_person_figure,
    mart_cost_reconciliation,
    mart_cost_variance,
    mart_outcome_reconciliation,
    mart_person_efficiency_quarterly,
    mart_price_revision,
    mart_project_satisfaction,
    mart_publication_gate,
    mart_seat_utilisation,
    mart_source_coverage,
    mart_team_period,
    mart_unattributed_usage,
    mart_unresolved_account,
    mart_usage_overlap,
)
from expectations.suites.common import Suite

SUITES: Mapping[str, Callable[[], Suite]] = {
    "review.mart_person_efficiency_quarterly": mart_person_efficiency_quarterly.suite,
    "review.fct_person_figure": fct_person_figure.suite,
    "teams.mart_team_period": mart_team_period.suite,
    "teams.mart_project_satisfaction": mart_project_satisfaction.suite,
    "finance.mart_cost_reconciliation": mart_cost_reconciliation.suite,
    "finance.fct_ai_cost": fct_ai_cost.suite,
    "finance.mart_cost_variance": mart_cost_variance.suite,
    "finance.mart_seat_utilisation": mart_seat_utilisation.suite,
    "finance.mart_price_revision": mart_price_revision.suite,
    "steward.mart_unattributed_usage": mart_unattributed_usage.suite,
    "steward.mart_unresolved_account": mart_unresolved_account.suite,
    "steward.mart_usage_overlap": mart_usage_overlap.suite,
    "steward.mart_outcome_reconciliation": mart_outcome_reconciliation.suite,
    "steward.mart_source_coverage": mart_source_coverage.suite,
    "steward.mart_publication_gate": mart_publication_gate.suite,
}
