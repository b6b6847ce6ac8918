with

source as (

    select * from {{ source('jira', 'development_links') }}

),

typed as (

    select
        ---------- ids
        site,
        issue_id,
        link_kind,
        identifier,
        url_host,
        pull_id,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
