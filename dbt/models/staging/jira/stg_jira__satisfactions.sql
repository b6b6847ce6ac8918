with

source as (

    select * from {{ source('jira', 'satisfactions') }}

),

typed as (

    select
        ---------- ids
        site,
        issue_id,
        pull_id,

        ---------- numerics
        rating,
        page_number,

        ---------- timestamps
        cast(rated_at as timestamp) as rated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
