with

source as (

    select * from {{ source('finance', 'commitments') }}

),

typed as (

    select
        ---------- ids
        vendor,
        commitment_id,
        pull_id,

        ---------- strings
        kind,
        currency,
        evidence,

        ---------- numerics
        amount,
        page_number,

        ---------- dates
        cast(starts_on as date) as starts_on,
        cast(ends_on as date) as ends_on,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
