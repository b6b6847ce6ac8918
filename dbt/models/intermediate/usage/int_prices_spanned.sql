with

stg_prices__list_prices as (

    select * from {{ ref('stg_prices__list_prices') }}

),

listed as (

    select * from stg_prices__list_prices
    where removed_at is null

),

spanned as (

    {{ list_prices_spanned('listed') }}

),

prices_spanned as (

    select
        ---------- ids
        vendor,
        model,
        token_class,
        service_tier,
        context_band,
        region,

        ---------- strings
        price_source,
        source_version,

        ---------- numerics
        usd_per_token,
        band_from_tokens,
        band_to_tokens,

        ---------- dates
        valid_from,
        valid_to

    from spanned

)

select * from prices_spanned
