with

source as (

    select * from {{ source('otel', 'token_usage') }}

),

typed as (

    select
        ---------- ids
        event_id,
        session_id,
        account_id,
        installation_id,
        organization_id,
        request_id,
        pull_id,

        ---------- strings
        tool,
        signal,
        lower(trim(user_email)) as user_email,
        account_uuid,
        platform,
        auth_type,
        speed,
        model,

        ---------- numerics
        input_tokens,
        cache_read_tokens,
        cache_creation_tokens,
        output_tokens,
        reasoning_tokens,
        thoughts_tokens,
        tool_tokens,
        total_tokens,
        cost_usd,
        page_number,

        ---------- booleans
        is_email_injected,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(event_at as timestamp) as event_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
