with

source as (

    select * from {{ source('litellm', 'daily_activity') }}

),

typed as (

    select
        ---------- ids
        api_key,
        model,
        pull_id,

        ---------- numerics
        prompt_tokens,
        completion_tokens,
        total_tokens,
        cache_read_tokens,
        cache_creation_tokens,
        requests,
        successful_requests,
        failed_requests,
        spend_usd,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
