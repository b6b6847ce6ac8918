with

source as (

    select * from {{ source('people', 'absences') }}

),

typed as (

    select
        ---------- ids
        person_id,
        pull_id,

        ---------- numerics
        absent_fraction,
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
