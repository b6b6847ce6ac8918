{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_cost'}}}) }}
-- sqlfluff:rules:capitalisation.identifiers:unquoted_identifiers_policy:none
select *
from {{ ref('fct_ai_cost') }}
where
    BilledCost is null
    or BillingAccountId is null
    or BillingCurrency is null
    or BillingPeriodEnd is null
    or BillingPeriodStart is null
    or ChargeCategory is null
    or ChargePeriodEnd is null
    or ChargePeriodStart is null
    or ContractedCost is null
    or EffectiveCost is null
    or InvoiceIssuerName is null
    or ListCost is null
    or ProviderName is null
    or PublisherName is null
    or ServiceCategory is null
    or ServiceName is null
    or BillingAccountType is null
    or ChargeFrequency is null
    or ServiceSubcategory is null
    or ServiceProviderName is null
    or HostProviderName is null
    or x_ChargeId is null
    or x_SourceSystem is null
    or x_ChargeKind is null
    or x_Provider is null
    or x_TokenType is null
    or x_Attribution is null
    or x_AttributionMethod is null
    or x_AttributionConfidence is null
    or x_CostBasis is null
    or (ChargeCategory <> 'Usage' and ConsumedQuantity is not null)
    or (ChargeCategory = 'Credit' and BilledCost > 0)
    or (ConsumedQuantity is null) <> (ConsumedUnit is null)
    or (PricingQuantity is null) <> (PricingUnit is null)
