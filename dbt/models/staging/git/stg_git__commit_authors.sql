with

source as (

    select * from {{ source('git', 'commit_authors') }}

),

typed as (

    select
        ---------- ids
        repository,
        commit_sha,
        lower(trim(author_email)) as author_email,
        pull_id,

        ---------- strings
        lower(trim(mailmap_email)) as mailmap_email,
        author_name,
        author_role,
        author_kind,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
