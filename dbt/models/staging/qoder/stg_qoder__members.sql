with

source as (

    select * from {{ source('qoder', 'members') }}

),

typed as (

    select
        ---------- ids
        member_id,
        pull_id,

        ---------- strings
        lower(trim(email)) as email,
        full_name,
        role,
        status,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(joined_at as timestamp) as joined_at,
        cast(deleted_at as timestamp) as deleted_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
