with

source as (

    select * from {{ source('gitlab', 'notes') }}

),

typed as (

    select
        ---------- ids
        host,
        merge_request_id,
        note_id,
        author_account_id,
        pull_id,

        ---------- strings
        author_kind,
        note_kind,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
