with

source as (

    select * from {{ source('config', 'sources') }}

),

typed as (

    select
        ---------- ids
        source,
        pull_id,

        ---------- strings
        source_kind,

        ---------- numerics
        revision_days,
        reporting_lag_days,
        page_number,

        ---------- booleans
        is_connected,

        ---------- dates
        cast(starts_on as date) as starts_on,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
