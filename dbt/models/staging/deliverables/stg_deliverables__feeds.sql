with

source as (

    select * from {{ source('deliverables', 'feeds') }}

),

typed as (

    select
        ---------- ids
        feed,
        pull_id,

        ---------- strings
        feed_kind,
        site,
        project_key,

        ---------- numerics
        rating_lowest,
        rating_highest,
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
