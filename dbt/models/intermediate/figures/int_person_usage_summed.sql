with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

used as (

    select
        *,
        tokens > 0 or requests > 0 or usage_usd > 0 as is_active
    from int_usage_attributed
    where attribution = 'person'

),

person_usage_summed as (

    select
        ---------- ids
        person_id,

        ---------- numerics
        {% for token_class in token_classes() -%}
        cast(
            coalesce(
                sum(case when token_class = '{{ token_class }}' then tokens end), 0
            ) as bigint
        )
            as {{ token_class }}_tokens,
        {% endfor -%}
        cast(
            coalesce(
                sum(case when price_basis = 'unpriced' then tokens end), 0
            ) as bigint
        )
            as unpriced_tokens,
        coalesce(sum(usage_usd), 0) as priced_usd,
        coalesce(
            sum(case when price_basis = 'vendor_metered' then usage_usd end), 0
        ) as metered_usd,
        -- One row that the vendor did not count makes the sum unknown.
        case
            when count(case when token_class = 'none' and requests is null then 1 end)
                = 0
                then cast(sum(requests) as bigint)
        end as requests,
        count(distinct case when is_active then usage_date end) as active_days,

        ---------- dates
        quarter_start

    from used
    group by person_id, quarter_start

)

select * from person_usage_summed
