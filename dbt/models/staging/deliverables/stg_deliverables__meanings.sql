with

source as (

    select * from {{ source('deliverables', 'meanings') }}

),

typed as (

    select
        ---------- ids
        feed,
        meaning,
        word,
        pull_id,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
