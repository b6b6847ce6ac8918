"""One row per person, quarter and measure, long."""

from expectations.suites.common import (
    STATUSES,
    WITHHELD_REASONS,
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
    within,
)


def suite() -> Suite:
    """What the long mart of persons must look like."""
    return build(
        "fct_person_figure",
        grain("person_key", "quarter_start", "measure"),
        filled("quarter_label", "unit", "status", "claim_level", "rule_version"),
        one_of("status", STATUSES),
        one_of("withheld_reason", WITHHELD_REASONS),
        one_of(
            "unit", ("usd", "tokens", "requests", "days", "items", "hours", "share")
        ),
        never_negative("value", "lo80", "hi80", "n_items"),
        within(0, 1, "reliability", "coverage"),
        # Nothing about one person may claim an effect.
        within(0, 0, "claim_level"),
    )
