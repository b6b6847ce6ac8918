with

source as (

    select * from {{ source('bitbucket', 'activities') }}

),

typed as (

    select
        ---------- ids
        host,
        pull_request_id,
        activity_kind,
        account_id,
        pull_id,

        ---------- strings
        account_kind,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(happened_at as timestamp) as happened_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
