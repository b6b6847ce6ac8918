with

source as (

    select * from {{ source('jira', 'users') }}

),

typed as (

    select
        ---------- ids
        site,
        account_id,
        pull_id,

        ---------- strings
        account_type,
        display_name,
        lower(trim(email)) as email,

        ---------- numerics
        page_number,

        ---------- booleans
        is_active,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
