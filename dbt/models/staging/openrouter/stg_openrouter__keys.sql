with

source as (

    select * from {{ source('openrouter', 'keys') }}

),

typed as (

    select
        ---------- ids
        key_hash,
        workspace_id,
        creator_user_id,
        pull_id,

        ---------- strings
        key_name,
        limit_reset,

        ---------- numerics
        limit_usd,
        page_number,

        ---------- booleans
        is_disabled,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(expires_at as timestamp) as expires_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
