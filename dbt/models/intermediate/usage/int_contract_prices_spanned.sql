with

int_prices_spanned as (

    select * from {{ ref('int_prices_spanned') }}

),

stg_finance__contract_prices as (

    select * from {{ ref('stg_finance__contract_prices') }}

),

agreed as (

    select * from stg_finance__contract_prices
    where removed_at is null

),

spanned as (

    {{ contract_prices_spanned('int_prices_spanned', 'agreed') }}

),

contract_prices_spanned as (

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

select * from contract_prices_spanned
