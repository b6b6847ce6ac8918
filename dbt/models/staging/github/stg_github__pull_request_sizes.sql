with

source as (

    select * from {{ source('github', 'pull_request_sizes') }}

),

typed as (

    select
        ---------- ids
        host,
        host_repository,
        pull_id,

        ---------- strings
        first_marked_as,

        ---------- numerics
        number,
        added_lines,
        deleted_lines,
        changed_files,
        commits_n,
        page_number,

        ---------- timestamps
        cast(first_marked_at as timestamp) as first_marked_at,
        cast(updated_at as timestamp) as updated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
