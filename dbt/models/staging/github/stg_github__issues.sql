with

source as (

    select * from {{ source('github', 'issues') }}

),

typed as (

    select
        ---------- ids
        host,
        issue_id,
        author_account_id,
        assignee_account_id,
        pull_id,

        ---------- strings
        host_repository,
        repository,
        state,
        state_reason,

        ---------- numerics
        number,
        page_number,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(closed_at as timestamp) as closed_at,
        cast(updated_at as timestamp) as updated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
