with

source as (

    select * from {{ source('jira', 'worklogs') }}

),

typed as (

    select
        ---------- ids
        site,
        worklog_id,
        issue_id,
        author_account_id,
        pull_id,

        ---------- numerics
        seconds,
        page_number,

        ---------- timestamps
        cast(started_at as timestamp) as started_at,
        cast(updated_at as timestamp) as updated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
