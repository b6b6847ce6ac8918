"""One row per charge, by the columns of FOCUS."""

from expectations.suites.common import (
    Suite,
    build,
    filled,
    grain,
    never_negative,
    one_of,
    within,
)


def suite() -> Suite:
    """What charges must look like."""
    return build(
        "fct_ai_cost",
        grain("x_SourceSystem", "x_ChargeId"),
        filled(
            "BilledCost",
            "BillingAccountId",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
            "ChargeFrequency",
            "ServiceSubcategory",
        ),
        one_of("ChargeCategory", ("Usage", "Purchase", "Credit", "Tax", "Adjustment")),
        one_of("ChargeFrequency", ("Usage-Based", "Recurring", "One-Time")),
        one_of("CommitmentDiscountStatus", ("Used", "Unused")),
        one_of("PricingCategory", ("Standard", "Committed")),
        one_of("x_Attribution", ("person", "service", "unattributed")),
        never_negative(
            "ConsumedQuantity",
            "PricingQuantity",
            "ListUnitPrice",
            "ContractedUnitPrice",
            "x_RequestCount",
        ),
        within(0, 1, "x_AttributionConfidence"),
    )
