"""One row per subject, rule and quarter."""

from expectations.suites.common import (
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
)

SUBJECTS = ("issue", "merged_change", "review", "working_time")
RULES = ("equal", "proportional", "assignee", "each_reviewer", "day_by_day")


def suite() -> Suite:
    """What the reconciliation of outcomes must look like."""
    return build(
        "mart_outcome_reconciliation",
        grain("subject", "credit_rule", "quarter_start"),
        filled("quarter_label", "whole_n", "persons_n", "unattributed_n"),
        one_of("subject", SUBJECTS),
        one_of("credit_rule", RULES),
        never_negative("whole_n", "persons_n", "unattributed_n", "unbalanced_n"),
    )
