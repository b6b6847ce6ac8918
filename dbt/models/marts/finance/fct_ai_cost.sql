-- Columns are FOCUS 1.2 by name and order, then two of 1.3, then our own.
-- sqlfluff:rules:capitalisation.identifiers:unquoted_identifiers_policy:none
with

int_charges_collected as (

    select * from {{ ref('int_charges_collected') }}

),

int_charges_invoiced as (

    select * from {{ ref('int_charges_invoiced') }}

),

charges as (

    select
        int_charges_collected.*,
        int_charges_invoiced.invoice_id
    from int_charges_collected
    left join int_charges_invoiced
        on int_charges_collected.charge_id = int_charges_invoiced.charge_id

),

ai_cost as (

    select
        cast(billed_usd as decimal(38, 12)) as BilledCost,
        vendor as BillingAccountId,
        cast(null as string) as BillingAccountName,
        'USD' as BillingCurrency,
        cast(
            {{ month_end(month_start('starts_on')) }} as timestamp
        ) as BillingPeriodEnd,
        cast({{ month_start('starts_on') }} as timestamp) as BillingPeriodStart,
        category as ChargeCategory,
        cast(null as string) as ChargeClass,
        case
            when charge_kind = 'tokens' and tokens is not null
                then {{ sku_meter() }} || ' of ' || model
            when charge_kind = 'tokens' then 'Use of ' || model || ' as stated'
            when charge_kind = 'usage' then 'Use as the vendor charges it'
            when charge_kind = 'tool' then 'Tools as the vendor charges them'
            when charge_kind = 'seat' then 'Seats'
            when charge_kind = 'commitment' then 'Purchase of ' || commitment_id
            when charge_kind = 'unused_commitment'
                then 'Unused rest of ' || commitment_id
            else category || ' of the vendor'
        end as ChargeDescription,
        cast(ends_before as timestamp) as ChargePeriodEnd,
        cast(starts_on as timestamp) as ChargePeriodStart,
        cast(contracted_usd as decimal(38, 12)) as ContractedCost,
        cast(effective_usd as decimal(38, 12)) as EffectiveCost,
        {{ vendor_name('vendor') }} as InvoiceIssuerName,
        cast(list_usd as decimal(38, 12)) as ListCost,
        cast(case
            when tokens is not null
                then
                    cast(tokens as decimal(25, 6))
                    * cast(0.000001 as decimal(6, 6))
            else coalesce(seats_n, credits)
        end as decimal(38, 12)) as PricingQuantity,
        case
            when tokens is not null then '1000000 Tokens'
            when seats_n is not null then 'Seats'
            when credits is not null then 'Credits'
        end as PricingUnit,
        {{ vendor_name('vendor') }} as ProviderName,
        {{ vendor_name('provider') }} as PublisherName,
        'AI and Machine Learning' as ServiceCategory,
        coalesce({{ said('product') }}, {{ vendor_name('vendor') }}) as ServiceName,
        'Source' as BillingAccountType,
        cast(null as string) as CapacityReservationId,
        cast(null as string) as CapacityReservationStatus,
        case when commitment_id is not null then 'Spend' end
            as CommitmentDiscountCategory,
        commitment_id as CommitmentDiscountId,
        commitment_id as CommitmentDiscountName,
        cast(case
            when commitment_id is null then null
            when category = 'Purchase' then billed_usd
            else {{ usd_less('effective_usd', 'billed_usd') }}
        end as decimal(38, 12)) as CommitmentDiscountQuantity,
        commitment_status as CommitmentDiscountStatus,
        case commitment_kind
            when 'prepaid_credit' then 'Prepaid Credit'
            when 'commitment' then 'Spend Commitment'
        end as CommitmentDiscountType,
        case when commitment_id is not null then 'USD' end as CommitmentDiscountUnit,
        cast(case
            when category = 'Usage' then coalesce(tokens, credits)
        end as decimal(38, 12)) as ConsumedQuantity,
        case
            when category = 'Usage' and tokens is not null then 'Tokens'
            when category = 'Usage' and credits is not null then 'Credits'
        end as ConsumedUnit,
        cast(case
            when tokens > 0 and contracted_usd = list_usd
                then {{ per_million('usd_per_token') }}
            when tokens > 0
                then {{ pico_to_usd(share_of(
                    usd_to_pico('contracted_usd'), '1000000', 'tokens'
                )) }}
            when seats_n > 0
                then {{ pico_to_usd(share_of(
                    usd_to_pico('contracted_usd'), '1', 'seats_n'
                )) }}
        end as decimal(38, 12)) as ContractedUnitPrice,
        cast(case
            when tokens is not null then {{ per_million('usd_per_token') }}
            when seats_n > 0
                then {{ pico_to_usd(share_of(
                    usd_to_pico('list_usd'), '1', 'seats_n'
                )) }}
        end as decimal(38, 12)) as ListUnitPrice,
        case
            when category = 'Usage' and commitment_id is not null then 'Committed'
            when category in ('Usage', 'Purchase') then 'Standard'
        end as PricingCategory,
        case when credits is not null then 'Credits' end as PricingCurrency,
        cast(null as decimal(38, 12)) as PricingCurrencyContractedUnitPrice,
        cast(credits as decimal(38, 12)) as PricingCurrencyEffectiveCost,
        cast(null as decimal(38, 12)) as PricingCurrencyListUnitPrice,
        {{ said('region') }} as RegionId,
        {{ said('region') }} as RegionName,
        cast(null as string) as ResourceId,
        cast(null as string) as ResourceName,
        cast(null as string) as ResourceType,
        {{ said('model') }} as SkuId,
        case when {{ said('token_class') }} is not null then {{ sku_meter() }} end
            as SkuMeter,
        '{"x_ServiceTier": ' || {{ json_text('service_tier') }}
        || ', "x_ContextWindow": ' || {{ json_text('context_window') }} || '}'
            as SkuPriceDetails,
        case
            when {{ said('token_class') }} is not null
                then concat_ws('|', model, service_tier, token_class, context_window)
            else {{ said('model') }}
        end as SkuPriceId,
        {{ said('project_id') }} as SubAccountId,
        {{ said('project_id') }} as SubAccountName,
        case when {{ said('project_id') }} is not null then 'Project' end
            as SubAccountType,
        case
            when shown_team is not null
                then '{"team": ' || {{ json_text('shown_team') }} || '}'
            when cost_pool is not null
                then '{"cost_pool": ' || {{ json_text('cost_pool') }} || '}'
            else '{}'
        end as Tags,
        cast(null as string) as AvailabilityZone,
        frequency as ChargeFrequency,
        cast(invoice_id as string) as InvoiceId,
        'Generative AI' as ServiceSubcategory,
        {{ vendor_name('vendor') }} as ServiceProviderName,
        {{ vendor_name('vendor') }} as HostProviderName,
        charge_id as x_ChargeId,
        vendor as x_SourceSystem,
        charge_kind as x_ChargeKind,
        provider as x_Provider,
        {{ said('model') }} as x_Model,
        token_class as x_TokenType,
        {{ said('service_tier') }} as x_ServiceTier,
        {{ said('context_window') }} as x_ContextWindow,
        attribution as x_Attribution,
        shown_team as x_Team,
        cost_pool as x_CostPool,
        method as x_AttributionMethod,
        cast(confidence as double) as x_AttributionConfidence,
        cost_basis as x_CostBasis,
        cast(requests as bigint) as x_RequestCount,
        is_final as x_IsFinal

    from charges
    where
        list_usd is not null
        and contracted_usd is not null
        and effective_usd is not null
        and billed_usd is not null

)

select * from ai_cost
