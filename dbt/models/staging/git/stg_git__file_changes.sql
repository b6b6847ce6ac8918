with

source as (

    select * from {{ source('git', 'file_changes') }}

),

typed as (

    select
        ---------- ids
        repository,
        commit_sha,
        pull_id,

        ---------- strings
        path,
        old_path,
        path_kind,

        ---------- numerics
        change_ordinal,
        added_lines,
        deleted_lines,
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
