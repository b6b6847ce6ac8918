with

source as (

    select * from {{ source('jira', 'sprints') }}

),

typed as (

    select
        ---------- ids
        site,
        sprint_id,
        board_id,
        pull_id,

        ---------- strings
        sprint_name,
        state,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(started_at as timestamp) as started_at,
        cast(ends_at as timestamp) as ends_at,
        cast(completed_at as timestamp) as completed_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
