with

source as (

    select * from {{ source('openai', 'users') }}

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

        ---------- numerics
        page_number,

        ---------- booleans
        is_service_account,

        ---------- timestamps
        cast(added_at as timestamp) as added_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
