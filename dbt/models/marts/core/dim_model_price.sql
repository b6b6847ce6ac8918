with

int_prices_spanned as (

    select * from {{ ref('int_prices_spanned') }}

),

int_contract_prices_spanned as (

    select * from {{ ref('int_contract_prices_spanned') }}

),

both_kinds as (

    select
        *,
        'list' as price_kind
    from int_prices_spanned
    union all
    select
        *,
        'contract' as price_kind
    from int_contract_prices_spanned

),

model_price as (

    select
        ---------- ids
        price_kind,
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
        cast(usd_per_token as decimal(18, 12)) as usd_per_token,

        ---------- dates
        valid_from,
        case when valid_to < {{ open_end() }} then valid_to end as valid_to

    from both_kinds

)

select * from model_price
