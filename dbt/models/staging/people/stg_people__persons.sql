with

source as (

    select * from {{ source('people', 'persons') }}

),

typed as (

    select
        ---------- ids
        person_id,
        manager_id,
        pull_id,

        ---------- strings
        full_name,
        lower(trim(email)) as email,
        team,
        role,
        level,
        work_type,
        location,
        entity,

        ---------- numerics
        fte,
        page_number,

        ---------- dates
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
