with

source as (

    select * from {{ source('people', 'accounts') }}

),

typed as (

    select
        ---------- ids
        source,
        account,
        person_id,
        pull_id,

        ---------- strings
        method,
        evidence,

        ---------- numerics
        page_number,

        ---------- dates
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
