"""One row per vendor and billed period."""

from expectations.suites.common import (
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
)


def suite() -> Suite:
    """What the way from list cost to bill must look like."""
    return build(
        "mart_cost_variance",
        grain("vendor", "period_start", "period_end"),
        filled("bill_source", "time_zone", "list_cost_usd"),
        one_of("bill_source", ("invoice", "vendor_report")),
        never_negative(
            "invoices_n",
            "lines_n",
            "unconverted_lines_n",
            "unconverted_costs_n",
            "missing_days_n",
            "list_cost_usd",
        ),
    )
