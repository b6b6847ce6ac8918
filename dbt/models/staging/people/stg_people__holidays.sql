with

source as (

    select * from {{ source('people', 'holidays') }}

),

typed as (

    select
        ---------- ids
        location,
        pull_id,

        ---------- numerics
        working_fraction,
        page_number,

        ---------- dates
        cast(holiday_date as date) as holiday_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
