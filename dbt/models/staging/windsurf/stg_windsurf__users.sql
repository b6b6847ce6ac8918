with

source as (

    select * from {{ source('windsurf', 'users') }}

),

typed as (

    select
        ---------- ids
        lower(trim(email)) as email,
        pull_id,

        ---------- strings
        full_name,

        ---------- numerics
        active_days,
        page_number,

        ---------- timestamps
        cast(last_used_at as timestamp) as last_used_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
