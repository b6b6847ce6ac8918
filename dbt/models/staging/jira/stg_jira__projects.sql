with

source as (

    select * from {{ source('jira', 'projects') }}

),

typed as (

    select
        ---------- ids
        site,
        project_id,
        pull_id,

        ---------- strings
        project_key,
        project_name,
        project_style,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
