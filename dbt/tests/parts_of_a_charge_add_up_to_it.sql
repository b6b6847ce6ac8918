{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_cost'}}}) }}

with

charged as (

    select
        vendor,
        usage_date,
        charge_kind,
        sum(billed_usd) as billed_usd,
        sum(list_usd) as list_usd
    from {{ ref('int_vendor_amounts_converted') }}
    group by vendor, usage_date, charge_kind

),

borne as (

    select
        vendor,
        usage_date,
        charge_kind,
        sum(billed_usd) as billed_usd,
        sum(list_usd) as list_usd
    from {{ ref('int_costs_allocated') }}
    group by vendor, usage_date, charge_kind

)

select
    charged.vendor,
    charged.usage_date,
    charged.charge_kind
from charged
left join borne
    on
        charged.vendor = borne.vendor
        and charged.usage_date = borne.usage_date
        and charged.charge_kind = borne.charge_kind
where
    borne.vendor is null
    or coalesce(charged.billed_usd, 0) <> coalesce(borne.billed_usd, 0)
    or coalesce(charged.list_usd, 0) <> coalesce(borne.list_usd, 0)
