with

source as (

    select * from {{ source('bitbucket', 'pull_request_commits') }}

),

typed as (

    select
        ---------- ids
        host,
        pull_request_id,
        commit_sha,
        author_account_id,
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
