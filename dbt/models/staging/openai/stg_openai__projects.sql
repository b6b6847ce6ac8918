with

source as (

    select * from {{ source('openai', 'projects') }}

),

typed as (

    select
        ---------- ids
        project_id,
        pull_id,

        ---------- strings
        project_name,
        status,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(archived_at as timestamp) as archived_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
