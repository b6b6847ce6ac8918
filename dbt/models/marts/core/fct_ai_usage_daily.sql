with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

ai_usage_daily as (

    select
        ---------- ids
        vendor,
        principal_type,
        principal_id,
        person_id,
        cost_pool,
        model,
        vendor_model,
        service_tier,
        context_window,
        inference_geo,
        token_class,
        pull_id,

        ---------- strings
        team,
        attribution,
        method,
        reason,
        price_basis,

        ---------- numerics
        cast(tokens as bigint) as tokens,
        cast(requests as bigint) as requests,
        cast(web_search_requests as bigint) as web_search_requests,
        cast(usd_per_token as decimal(18, 12)) as usd_per_token,
        cast(usage_usd as decimal(38, 12)) as usage_usd,
        cast(confidence as double) as confidence,
        cast(page_number as bigint) as page_number,

        ---------- booleans
        is_final,

        ---------- dates
        usage_date,
        quarter_start

    from int_usage_attributed

)

select * from ai_usage_daily
