with

source as (

    select * from {{ source('gitlab', 'merge_request_sizes') }}

),

typed as (

    select
        ---------- ids
        host,
        host_repository,
        pull_id,

        ---------- numerics
        number,
        added_lines,
        deleted_lines,
        changed_files,
        commits_n,
        page_number,

        ---------- timestamps
        cast(updated_at as timestamp) as updated_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
