with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

ai_usage_daily as (

    select
        ---------- ids
        vendor,
        table_name,
        scope,
        provider,
        principal_type,
        principal_id,
        person_id,
        cost_pool,
        model,
        vendor_model,
        product,
        service_tier,
        context_window,
        region,
        api_key_id,
        project_id,
        token_class,
        tool_unit,
        pull_id,

        ---------- strings
        evidence,
        team,
        attribution,
        method,
        reason,
        price_basis,

        ---------- numerics
        cast(tokens as bigint) as tokens,
        cast(requests as bigint) as requests,
        cast(reasoning_tokens as bigint) as reasoning_tokens,
        cast(tool_units as decimal(38, 12)) as tool_units,
        cast(credits as decimal(38, 12)) as credits,
        cast(usd_per_token as decimal(18, 12)) as usd_per_token,
        cast(usage_usd as decimal(38, 12)) as usage_usd,
        cast(confidence as double) as confidence,
        cast(records_n as bigint) as records_n,
        cast(page_number as bigint) as page_number,
        cast(last_page_number as bigint) as last_page_number,

        ---------- booleans
        is_final,

        ---------- dates
        usage_date,
        quarter_start

    from int_usage_attributed

)

select * from ai_usage_daily
