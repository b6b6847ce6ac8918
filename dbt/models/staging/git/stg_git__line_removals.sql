with

source as (

    select * from {{ source('git', 'line_removals') }}

),

typed as (

    select
        ---------- ids
        repository,
        mainline_sha,
        written_sha,
        path_kind,
        pull_id,

        ---------- numerics
        removed_lines,
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
