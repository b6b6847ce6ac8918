with

source as (

    select * from {{ source('git', 'refs') }}

),

typed as (

    select
        ---------- ids
        repository,
        ref,
        pull_id,

        ---------- strings
        tip_sha,
        rules_hash,

        ---------- numerics
        commits,
        unreadable_paths,
        page_number,

        ---------- booleans
        is_rewritten,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
