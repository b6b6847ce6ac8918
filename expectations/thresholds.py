"""Limits of the gates where the configuration says nothing: the safe ones."""

from collections.abc import Mapping

DEFAULTS: Mapping[str, float] = {
    "coverage_absolute": 0.80,
    "group_size": 8,
    "group_nonzero": 5,
    "dominance_share": 0.15,
    "rating_responses": 5,
    "cost_difference_share": 0.01,
    "cost_difference_usd": 5,
    "bill_difference_share": 0.005,
    "unpriced_share_block": 0.01,
    "feed_days_block": 0.98,
    "unattributed_share_block": 0.15,
    "unattributed_share_warn": 0.05,
    "volume_change_warn": 0.5,
    "linked_share_withhold": 0.70,
    "linked_share_warn": 0.85,
}


def with_defaults(given: Mapping[str, float]) -> dict[str, float]:
    """The given limits, and the defaults of those not given."""
    return {**DEFAULTS, **given}
