with

source as (

    select * from {{ source('github', 'reviews') }}

),

typed as (

    select
        ---------- ids
        host,
        pull_request_id,
        review_id,
        reviewer_account_id,
        pull_id,

        ---------- strings
        reviewer_kind,
        state,

        ---------- numerics
        page_number,

        ---------- booleans
        has_words,

        ---------- timestamps
        cast(submitted_at as timestamp) as submitted_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
