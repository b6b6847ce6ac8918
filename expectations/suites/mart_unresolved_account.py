"""One row per account and reason for which it is nobody's, with a suggestion."""

from expectations.suites.common import Suite, build, filled, grain, never_negative


def suite() -> Suite:
    """What the list of unresolved accounts must look like."""
    return build(
        "mart_unresolved_account",
        grain("source", "account_kind", "account_id", "reason"),
        filled("days_n", "first_seen_date", "last_seen_date", "suggested_people_n"),
        never_negative("tokens", "list_cost_usd", "items_n", "days_n"),
    )
