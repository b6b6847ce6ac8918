with

source as (

    select * from {{ source('otel', 'activity') }}

),

typed as (

    select
        ---------- ids
        event_id,
        session_id,
        account_id,
        installation_id,
        organization_id,
        pull_id,

        ---------- strings
        tool,
        signal,
        lower(trim(user_email)) as user_email,
        account_uuid,
        platform,
        metric,
        kind,

        ---------- numerics
        amount,
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
