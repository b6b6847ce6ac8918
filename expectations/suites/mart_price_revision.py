"""One row per kind of price, vendor, model, token class, month and kind of change."""

from expectations.suites.common import (
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
)


def suite() -> Suite:
    """What the report on changed prices must look like."""
    return build(
        "mart_price_revision",
        grain(
            "price_kind",
            "vendor",
            "provider",
            "model",
            "token_class",
            "month_start",
            "change_kind",
        ),
        filled("tokens", "changed_tokens", "is_quarter_over", "changed_on"),
        never_negative("tokens", "changed_tokens", "cost_before_usd", "cost_after_usd"),
        one_of("price_kind", ["list", "contract"]),
        one_of("change_kind", ["repriced", "newly_priced", "no_longer_priced"]),
    )
