with

source as (

    select * from {{ source('finance', 'exchange_rates') }}

),

typed as (

    select
        ---------- ids
        currency,
        pull_id,

        ---------- strings
        rate_source,

        ---------- numerics
        usd_per_unit,
        page_number,

        ---------- dates
        cast(rate_date as date) as rate_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
