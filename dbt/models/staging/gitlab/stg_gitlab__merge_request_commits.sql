with

source as (

    select * from {{ source('gitlab', 'merge_request_commits') }}

),

typed as (

    select
        ---------- ids
        host,
        merge_request_id,
        commit_sha,
        pull_id,

        ---------- strings
        lower(trim(author_email)) as author_email,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(authored_at as timestamp) as authored_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
