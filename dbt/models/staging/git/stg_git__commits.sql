with

source as (

    select * from {{ source('git', 'commits') }}

),

typed as (

    select
        ---------- ids
        repository,
        commit_sha,
        pull_id,

        ---------- strings
        mainline_sha,
        author_name,
        lower(trim(author_email)) as author_email,
        lower(trim(committer_email)) as committer_email,
        issue_keys,
        reverts_sha,

        ---------- numerics
        parents,
        author_offset_minutes,
        page_number,

        ---------- booleans
        is_revert,

        ---------- timestamps
        cast(authored_at as timestamp) as authored_at,
        cast(committed_at as timestamp) as committed_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
