with

int_costs_compared as (

    select * from {{ ref('int_costs_compared') }}

),

cost_reconciliation as (

    select
        ---------- ids
        vendor,
        token_class,

        ---------- strings
        cast(unpriced_models as string) as unpriced_models,

        ---------- numerics
        cast(vendor_tokens as bigint) as vendor_tokens,
        cast(person_tokens as bigint) as person_tokens,
        cast(service_tokens as bigint) as service_tokens,
        cast(unattributed_tokens as bigint) as unattributed_tokens,
        cast(elsewhere_tokens as bigint) as elsewhere_tokens,
        cast(
            vendor_tokens
            - person_tokens
            - service_tokens
            - unattributed_tokens
            - elsewhere_tokens as bigint
        ) as unexplained_tokens,
        cast(unpriced_tokens as bigint) as unpriced_tokens,
        cast(list_cost_usd as decimal(38, 12)) as list_cost_usd,
        cast(person_list_cost_usd as decimal(38, 12)) as person_list_cost_usd,
        cast(service_list_cost_usd as decimal(38, 12)) as service_list_cost_usd,
        cast(unattributed_list_cost_usd as decimal(38, 12))
            as unattributed_list_cost_usd,
        cast(vendor_list_cost_usd as decimal(38, 12)) as vendor_list_cost_usd,
        cast(vendor_billed_cost_usd as decimal(38, 12)) as vendor_billed_cost_usd,
        cast(
            case when unpriced_tokens = 0 then list_cost_usd - vendor_list_cost_usd end
            as decimal(38, 12)
        ) as difference_usd,

        ---------- booleans
        is_final,

        ---------- dates
        usage_date

    from int_costs_compared

)

select * from cost_reconciliation
