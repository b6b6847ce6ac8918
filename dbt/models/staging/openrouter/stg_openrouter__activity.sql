with

source as (

    select * from {{ source('openrouter', 'activity') }}

),

typed as (

    select
        ---------- ids
        api_key_hash,
        model,
        model_permaslug,
        endpoint_id,
        provider_name,
        pull_id,

        ---------- numerics
        requests,
        prompt_tokens,
        cached_tokens,
        completion_tokens,
        reasoning_tokens,
        usage_usd,
        byok_usage_usd,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
