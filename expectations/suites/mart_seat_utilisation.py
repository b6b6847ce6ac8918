"""One row per vendor, plan, team and calendar month."""

from expectations.suites.common import Suite, build, filled, grain, never_negative


def suite() -> Suite:
    """What the use of seats must look like."""
    return build(
        "mart_seat_utilisation",
        grain("vendor", "plan", "team", "month_start"),
        filled("seats_n", "active_seats_n", "unused_seats_n", "unpriced_seats_n"),
        never_negative(
            "seats_n",
            "active_seats_n",
            "unused_seats_n",
            "unpriced_seats_n",
            "seat_cost_usd",
            "unused_seat_cost_usd",
        ),
    )
