with

source as (

    select * from {{ source('jira', 'issue_absences') }}

),

typed as (

    select
        ---------- ids
        site,
        issue_id,
        moved_to_project_id,
        pull_id,

        ---------- strings
        absence,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
