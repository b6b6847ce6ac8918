"""One row per vendor, UTC day and token class."""

from expectations.suites.common import Suite, build, filled, grain, never_negative


def suite() -> Suite:
    """What the reconciliation must look like."""
    return build(
        "mart_cost_reconciliation",
        grain("vendor", "usage_date", "token_class"),
        filled("is_final"),
        never_negative(
            "vendor_tokens",
            "person_tokens",
            "service_tokens",
            "unattributed_tokens",
            "elsewhere_tokens",
            "unpriced_tokens",
            "list_cost_usd",
            "person_list_cost_usd",
            "service_list_cost_usd",
            "unattributed_list_cost_usd",
        ),
    )
