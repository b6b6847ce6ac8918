with

source as (

    select * from {{ source('jira', 'boards') }}

),

typed as (

    select
        ---------- ids
        site,
        board_id,
        project_id,
        estimation_field_id,
        pull_id,

        ---------- strings
        board_name,
        board_type,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
