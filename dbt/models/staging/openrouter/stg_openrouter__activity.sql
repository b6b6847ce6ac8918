with

source as (

    select * from {{ source('openrouter', 'activity') }}

),

typed as (

    select
        ---------- ids
        api_key_hash,
        model,
        endpoint_id,
        pull_id,

        ---------- strings
        provider_name,

        ---------- numerics
        prompt_tokens,
        cached_tokens,
        completion_tokens,
        reasoning_tokens,
        requests,
        usage_usd,
        byok_usd,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
