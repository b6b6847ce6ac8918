with

source as (

    select * from {{ source('litellm', 'keys') }}

),

typed as (

    select
        ---------- ids
        api_key,
        user_id,
        team_id,
        pull_id,

        ---------- strings
        key_alias,
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
