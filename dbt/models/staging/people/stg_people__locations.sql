with

source as (

    select * from {{ source('people', 'locations') }}

),

typed as (

    select
        ---------- ids
        location,
        pull_id,

        ---------- strings
        weekend_days,

        ---------- numerics
        page_number,

        ---------- dates
        cast(known_from as date) as known_from,
        cast(known_to as date) as known_to,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
