with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

unattributed_usage_summed as (

    select
        ---------- ids
        vendor,
        principal_type,
        principal_id,

        ---------- strings
        coalesce(reason, 'not_resolved') as reason,

        ---------- numerics
        coalesce(sum(tokens), 0) as tokens,
        coalesce(sum(case when price_basis = 'unpriced' then tokens end), 0)
            as unpriced_tokens,
        coalesce(sum(usage_usd), 0) as priced_usd,
        count(distinct usage_date) as days_n,

        ---------- dates
        quarter_start,
        min(usage_date) as first_usage_date,
        max(usage_date) as last_usage_date

    from int_usage_attributed
    where attribution = 'unattributed' or attribution is null
    group by
        vendor,
        principal_type,
        principal_id,
        coalesce(reason, 'not_resolved'),
        quarter_start

)

select * from unattributed_usage_summed
