with

source as (

    select * from {{ source('config', 'thresholds') }}

),

typed as (

    select
        ---------- ids
        threshold,
        pull_id,

        ---------- numerics
        threshold_value,
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
