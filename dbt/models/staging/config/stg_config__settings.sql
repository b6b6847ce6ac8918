with

source as (

    select * from {{ source('config', 'settings') }}

),

typed as (

    select
        ---------- ids
        organisation,
        pull_id,

        ---------- strings
        time_zone,
        configuration_hash,

        ---------- numerics
        fiscal_year_starts_month,
        page_number,

        ---------- dates
        cast(outcomes_start_date as date) as outcomes_start_date,

        ---------- timestamps
        cast(as_of_at as timestamp) as as_of_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
