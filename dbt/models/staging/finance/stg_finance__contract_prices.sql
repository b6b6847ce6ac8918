with

source as (

    select * from {{ source('finance', 'contract_prices') }}

),

typed as (

    select
        ---------- ids
        vendor,
        model,
        token_class,
        service_tier,
        context_band,
        region,
        pull_id,

        ---------- strings
        evidence,

        ---------- numerics
        usd_per_million,
        discount_share,
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
