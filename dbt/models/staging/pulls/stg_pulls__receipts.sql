with

source as (

    select * from {{ source('pulls', 'receipts') }}

),

typed as (

    select
        ---------- ids
        source,
        table_name,
        pull_id,

        ---------- strings
        content_hash,
        outcome,
        unknown_fields,
        note,

        ---------- numerics
        row_count,
        page_number,

        ---------- dates
        cast(window_day as date) as window_day,

        ---------- timestamps
        cast(refreshed_at as timestamp) as refreshed_at,
        cast(pulled_at as timestamp) as pulled_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
