with

source as (

    select * from {{ source('github', 'pull_requests') }}

),

typed as (

    select
        ---------- ids
        host,
        pull_request_id,
        author_account_id,
        pull_id,

        ---------- strings
        host_repository,
        repository,
        state,
        author_kind,
        issue_keys,
        merge_sha,

        ---------- numerics
        number,
        reverts_number,
        page_number,

        ---------- booleans
        is_draft,
        is_revert,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(merged_at as timestamp) as merged_at,
        cast(closed_at as timestamp) as closed_at,
        cast(updated_at as timestamp) as updated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
