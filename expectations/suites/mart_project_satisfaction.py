"""One row per feed, project and quarter."""

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
    """What the mart of clients' ratings must look like."""
    return build(
        "mart_project_satisfaction",
        grain("feed", "project", "quarter_start"),
        filled("quarter_label", "status"),
        one_of("status", STATUSES),
        one_of("withheld_reason", WITHHELD_REASONS),
        never_negative("deliverables_n", "responses_n", "rated_people_n"),
        within(0, 1, "satisfaction_share"),
    )
