with

source as (

    select * from {{ source('litellm', 'users') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- strings
        lower(trim(email)) as email,
        role,
        budget_duration,

        ---------- numerics
        spend_usd,
        max_budget_usd,
        page_number,

        ---------- timestamps
        cast(budget_reset_at as timestamp) as budget_reset_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
