with

stg_prices__list_prices as (

    select * from {{ ref('stg_prices__list_prices') }}

),

-- A price ends where it says, or where the next one begins.
followed as (

    select
        *,
        coalesce(valid_to, {{ open_end() }}) as stated_to,
        lead(valid_from) over (
            partition by vendor, model, token_class, service_tier, context_band
            order by valid_from
        ) as next_from
    from stg_prices__list_prices
    where removed_at is null

),

prices_spanned as (

    select
        ---------- ids
        vendor,
        model,
        token_class,
        service_tier,
        context_band,

        ---------- strings
        price_source,
        source_version,

        ---------- numerics
        cast(usd_per_token as decimal(18, 12)) as usd_per_token,

        ---------- dates
        valid_from,
        least(stated_to, coalesce(next_from, stated_to)) as valid_to

    from followed

)

select * from prices_spanned
