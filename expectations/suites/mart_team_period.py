"""One row per team and quarter."""

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
    """What the mart of teams must look like."""
    return build(
        "mart_team_period",
        grain("team", "quarter_start"),
        filled("quarter_label", "status"),
        one_of("status", STATUSES),
        one_of("withheld_reason", WITHHELD_REASONS),
        never_negative(
            "people_n",
            "active_people_n",
            "fte_days",
            "list_cost_usd",
            "delivered_n",
            "merged_n",
            "turnaround_hours",
        ),
        within(0, 1, "linked_share", "coverage"),
    )
