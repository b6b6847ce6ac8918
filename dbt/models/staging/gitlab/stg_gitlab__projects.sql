with

source as (

    select * from {{ source('gitlab', 'projects') }}

),

typed as (

    select
        ---------- ids
        host,
        project_id,
        pull_id,

        ---------- strings
        host_repository,
        repository,
        full_name,
        default_branch,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
