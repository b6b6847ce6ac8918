with

int_unattributed_usage_summed as (

    select * from {{ ref('int_unattributed_usage_summed') }}

),

unattributed_usage as (

    select
        ---------- ids
        vendor,
        principal_type,
        principal_id,

        ---------- strings
        reason,
        {{ quarter_label('quarter_start') }} as quarter_label,

        ---------- numerics
        cast(tokens as bigint) as tokens,
        cast(case when unpriced_tokens = 0 then priced_usd end as decimal(38, 12))
            as list_cost_usd,
        cast(days_n as bigint) as days_n,

        ---------- dates
        quarter_start,
        first_usage_date,
        last_usage_date

    from int_unattributed_usage_summed

)

select * from unattributed_usage
