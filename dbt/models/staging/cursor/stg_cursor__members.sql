with

source as (

    select * from {{ source('cursor', 'members') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- strings
        lower(trim(email)) as email,
        full_name,
        role,
        plan,

        ---------- numerics
        seat_usd_per_month,
        page_number,

        ---------- booleans
        is_removed,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
