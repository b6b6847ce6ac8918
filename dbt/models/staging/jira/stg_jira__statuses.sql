with

source as (

    select * from {{ source('jira', 'statuses') }}

),

typed as (

    select
        ---------- ids
        site,
        status_id,
        status_category_id,
        project_id,
        pull_id,

        ---------- strings
        status_name,
        status_category_key,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
