with

source as (

    select * from {{ source('deliverables', 'items') }}

),

typed as (

    select
        ---------- ids
        feed,
        item_id,
        pull_id,

        ---------- strings
        item_kind,
        project,
        client,

        ---------- numerics
        returned_n,
        rating,
        page_number,

        ---------- timestamps
        cast(started_at as timestamp) as started_at,
        cast(delivered_at as timestamp) as delivered_at,
        cast(last_returned_at as timestamp) as last_returned_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
