with

source as (

    select * from {{ source('cursor', 'spend') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- strings
        lower(trim(email)) as email,
        role,

        ---------- numerics
        spend_cents,
        overall_spend_cents,
        fast_premium_requests,
        monthly_limit_dollars,
        effective_limit_dollars,
        page_number,

        ---------- timestamps
        cast(cycle_started_at as timestamp) as cycle_started_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
