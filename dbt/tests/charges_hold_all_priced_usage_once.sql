{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_cost'}}}) }}
-- sqlfluff:rules:capitalisation.identifiers:unquoted_identifiers_policy:none
with

used as (

    select
        vendor,
        usage_date,
        sum(usage_usd) as usage_usd
    from {{ ref('int_usage_attributed') }}
    where usage_usd is not null
    group by vendor, usage_date

),

charged as (

    select
        x_SourceSystem as vendor,
        cast(ChargePeriodStart as date) as usage_date,
        sum(ListCost) as usage_usd
    from {{ ref('fct_ai_cost') }}
    where x_ChargeKind = 'tokens'
    group by x_SourceSystem, cast(ChargePeriodStart as date)

)

select
    used.vendor,
    used.usage_date,
    used.usage_usd,
    charged.usage_usd as charged_usd
from used
left join charged
    on
        used.vendor = charged.vendor
        and used.usage_date = charged.usage_date
where charged.usage_usd is null or charged.usage_usd <> used.usage_usd
