with

source as (

    select * from {{ source('litellm', 'spend_logs') }}

),

typed as (

    select
        ---------- ids
        request_id,
        user_id,
        team_id,
        session_id,
        pull_id,

        ---------- strings
        api_key,
        model,
        model_group,
        provider,
        status,

        ---------- numerics
        prompt_tokens,
        completion_tokens,
        total_tokens,
        cache_read_tokens,
        cache_creation_tokens,
        spend_usd,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(started_at as timestamp) as started_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
