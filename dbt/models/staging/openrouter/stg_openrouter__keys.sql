with

source as (

    select * from {{ source('openrouter', 'keys') }}

),

typed as (

    select
        ---------- ids
        api_key_hash,
        pull_id,

        ---------- strings
        key_name,

        ---------- numerics
        limit_usd,
        usage_usd,
        page_number,

        ---------- booleans
        is_disabled,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
