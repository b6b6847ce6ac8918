"""One row per vendor, quarter, principal and reason: usage that no rule resolves."""

from expectations.suites.common import Suite, build, filled, grain, never_negative


def suite() -> Suite:
    """What the list of unattributed usage must look like."""
    return build(
        "mart_unattributed_usage",
        grain("vendor", "quarter_start", "principal_type", "principal_id", "reason"),
        filled("quarter_label"),
        never_negative("tokens", "list_cost_usd", "days_n"),
    )
