"""One row per source, scope, day and class: usage that another source counts."""

from expectations.suites.common import Suite, build, filled, grain, never_negative


def suite() -> Suite:
    """What the list of usage that is not counted must look like."""
    return build(
        "mart_usage_overlap",
        grain("vendor", "scope", "usage_date", "token_class"),
        filled("counting_source", "evidence"),
        never_negative("tokens", "list_cost_usd", "counted_tokens"),
    )
