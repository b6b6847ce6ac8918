with

source as (

    select * from {{ source('jira', 'fields') }}

),

typed as (

    select
        ---------- ids
        site,
        field_id,
        pull_id,

        ---------- strings
        field_name,
        schema_custom,

        ---------- numerics
        page_number,

        ---------- booleans
        is_story_points,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
