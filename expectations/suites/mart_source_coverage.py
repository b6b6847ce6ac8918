"""One row per source and table."""

from expectations.suites.common import (
    Suite,
    build,
    filled,
    grain,
    never_negative,
    within,
)


def suite() -> Suite:
    """What the coverage of sources must look like."""
    return build(
        "mart_source_coverage",
        grain("source", "table_name"),
        filled("is_connected", "is_late"),
        within(0, 1, "coverage"),
        never_negative(
            "expected_days_n", "delivered_days_n", "restated_days_n", "held_pulls_n"
        ),
    )
