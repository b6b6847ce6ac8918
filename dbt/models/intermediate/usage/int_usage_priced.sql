with

int_usage_unpivoted as (

    select * from {{ ref('int_usage_unpivoted') }}

),

int_prices_spanned as (

    select * from {{ ref('int_prices_spanned') }}

),

stg_prices__model_aliases as (

    select * from {{ ref('stg_prices__model_aliases') }}

),

named as (

    select
        int_usage_unpivoted.*,
        coalesce(stg_prices__model_aliases.model, int_usage_unpivoted.vendor_model)
            as model,
        case
            when int_usage_unpivoted.service_tier = 'not_reported' then 'standard'
            else int_usage_unpivoted.service_tier
        end as price_tier,
        case when int_usage_unpivoted.context_window like '200k%' then '>200000' end
            as long_band
    from int_usage_unpivoted
    left join stg_prices__model_aliases
        on
            int_usage_unpivoted.vendor = stg_prices__model_aliases.vendor
            and int_usage_unpivoted.vendor_model = stg_prices__model_aliases.model_alias
            and stg_prices__model_aliases.removed_at is null

),

joined as (

    select
        named.*,
        base_prices.usd_per_token as base_usd_per_token,
        long_prices.usd_per_token as long_usd_per_token
    from named
    left join int_prices_spanned as base_prices
        on
            named.vendor = base_prices.vendor
            and named.model = base_prices.model
            and named.token_class = base_prices.token_class
            and named.price_tier = base_prices.service_tier
            and named.usage_date >= base_prices.valid_from
            and named.usage_date < base_prices.valid_to
            and base_prices.context_band = 'base'
    left join int_prices_spanned as long_prices
        on
            named.vendor = long_prices.vendor
            and named.model = long_prices.model
            and named.token_class = long_prices.token_class
            and named.price_tier = long_prices.service_tier
            and named.usage_date >= long_prices.valid_from
            and named.usage_date < long_prices.valid_to
            and named.long_band = long_prices.context_band

),

-- An exact product: rows add up to the same dollars however the vendor cuts them.
usage_priced as (

    select
        ---------- ids
        vendor,
        principal_type,
        principal_id,
        model,
        vendor_model,
        service_tier,
        context_window,
        inference_geo,
        token_class,
        pull_id,

        ---------- strings
        case
            when token_class = 'none' then 'not_tokens'
            when long_usd_per_token is not null then 'list'
            when base_usd_per_token is null then 'unpriced'
            when long_band is not null then 'list_base_for_long_context'
            else 'list'
        end as price_basis,

        ---------- numerics
        tokens,
        requests,
        web_search_requests,
        coalesce(long_usd_per_token, base_usd_per_token) as usd_per_token,
        {{ tokens_to_usd(
            'tokens', 'coalesce(long_usd_per_token, base_usd_per_token)'
        ) }} as usage_usd,
        page_number,

        ---------- dates
        usage_date,
        quarter_start

    from joined

)

select * from usage_priced
