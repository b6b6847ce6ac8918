"""One row per person and quarter, wide."""

from expectations.suites.common import (
    STATUSES,
    WITHHELD_REASONS,
    GateOf,
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
    usually,
    within,
)

# A quarter has at most 66 weekdays and 92 days.
WORKING_TIME = GateOf(
    "DQ30",
    "Working time is between nothing and all weekdays of a quarter",
    "check fte, absences and holidays of those persons.",
)
UNUSUAL = GateOf(
    "PC15",
    "Most turnarounds are shorter than half a year of work",
    "look for issues that were never closed, or for a wrong calendar.",
    decision="warn",
)


def suite() -> Suite:
    """What the wide mart of persons must look like."""
    return build(
        "mart_person_efficiency_quarterly",
        grain("person_key", "quarter_start"),
        filled("quarter_label", "publication_mode", "status", "is_complete_quarter"),
        one_of("status", STATUSES),
        one_of("withheld_reason", WITHHELD_REASONS),
        one_of("publication_mode", ("person", "self_only", "group_only", "off")),
        never_negative(
            "list_cost_usd",
            "input_uncached_tokens",
            "cache_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "cache_write_unspecified_tokens",
            "input_unspecified_tokens",
            "output_tokens",
            "requests",
            "delivered_n",
            "merged_n",
            "turnaround_hours",
            "open_items_n",
            "delivered_w",
            "delivered_spread_n",
            "pull_request_hours",
            "reviews_given",
            "review_hours",
        ),
        within(
            0,
            1,
            "reopened_share",
            "reverted_share",
            "rewritten_own_share",
            "rewritten_others_share",
            "ai_assisted_share",
            "ai_assisted_coverage",
        ),
        within(0, 66, "fte_days", gate=WORKING_TIME),
        within(0, 92, "active_days"),
        within(0, 1, "coverage"),
        usually(0.9, 0, 1040, "turnaround_hours", UNUSUAL),
    )
