with

int_usage_unpivoted as (

    select * from {{ ref('int_usage_unpivoted') }}

),

int_prices_spanned as (

    select * from {{ ref('int_prices_spanned') }}

),

int_contract_prices_spanned as (

    select * from {{ ref('int_contract_prices_spanned') }}

),

stg_prices__model_aliases as (

    select * from {{ ref('stg_prices__model_aliases') }}

),

-- Models with a price that depends on the size of a request.
tiered as (

    select distinct
        vendor,
        model
    from int_prices_spanned
    where context_band <> 'base'

),

named as (

    select
        int_usage_unpivoted.*,
        coalesce(stg_prices__model_aliases.model, int_usage_unpivoted.vendor_model)
            as model,
        {{ price_tier('int_usage_unpivoted.service_tier') }} as price_tier,
        {{ context_from_tokens('int_usage_unpivoted.context_window') }}
            as context_from_tokens,
        {{ counterparty('int_usage_unpivoted.scope') }} as counterparty
    from int_usage_unpivoted
    left join stg_prices__model_aliases
        on
            int_usage_unpivoted.provider = stg_prices__model_aliases.vendor
            and int_usage_unpivoted.vendor_model = stg_prices__model_aliases.model_alias
            and stg_prices__model_aliases.removed_at is null

),

-- The price of the row's own region goes before the one of any.
joined as (

    select
        named.*,
        coalesce(own_prices.usd_per_token, any_prices.usd_per_token)
            as list_usd_per_token,
        coalesce(
            own_contracts.usd_per_token,
            any_contracts.usd_per_token,
            own_prices.usd_per_token,
            any_prices.usd_per_token
        ) as contracted_usd_per_token,
        case
            when named.token_class = 'none' then 'not_tokens'
            when coalesce(own_prices.usd_per_token, any_prices.usd_per_token) is null
                then 'unpriced'
            when
                named.context_from_tokens > 0
                and coalesce(own_prices.band_from_tokens, any_prices.band_from_tokens)
                = 0
                then 'list_base_for_long_context'
            when named.context_window = 'not_reported' and tiered.model is not null
                then 'list_base_context_unknown'
            else 'list'
        end as list_basis
    from named
    {% for prices, alias, region in [
        ('int_prices_spanned', 'own_prices', 'named.region'),
        ('int_prices_spanned', 'any_prices', "'any'"),
        ('int_contract_prices_spanned', 'own_contracts', 'named.region'),
        ('int_contract_prices_spanned', 'any_contracts', "'any'"),
    ] -%}
    left join {{ prices }} as {{ alias }}
        on
            {{ is_price_of(alias, 'named') }}
            and {{ alias }}.region = {{ region }}
            {%- if 'contract' in prices %}
            and {{ alias }}.vendor = named.counterparty
            {%- endif %}
    {% endfor -%}
    left join tiered
        on named.provider = tiered.vendor and named.model = tiered.model

),

-- Where the book cannot price all classes of a row, the vendor's own list amount for
-- the row stands, once, in place of them all.
grouped as (

    select
        *,
        count(case when list_basis = 'unpriced' then 1 end) over (
            partition by {{ usage_grain() | join(', ') }}
        ) as unpriced_n,
        count(case when token_class <> 'none' then 1 end) over (
            partition by {{ usage_grain() | join(', ') }}
        ) as classes_n,
        count(stated_list_usd) over (
            partition by {{ usage_grain() | join(', ') }}
        ) as stated_n
    from joined

),

decided as (

    select
        *,
        stated_n > 0 and (unpriced_n > 0 or classes_n = 0) as is_stated
    from grouped

),

based as (

    select
        *,
        case
            when is_stated and token_class <> 'none' then 'in_vendor_list'
            when is_stated and stated_list_usd is not null and classes_n = 0
                then 'vendor_metered'
            when is_stated and stated_list_usd is not null then 'vendor_list'
            else list_basis
        end as price_basis
    from decided

),

-- An exact product: rows add up to the same dollars however the vendor cuts them.
usage_priced as (

    select
        ---------- ids
        {% for name in usage_grain() if name != 'usage_date' -%}
        {{ name }},
        {% endfor -%}
        model,
        token_class,
        tool_unit,
        pull_id,

        ---------- strings
        price_basis,

        ---------- numerics
        tokens,
        requests,
        reasoning_tokens,
        tool_units,
        credits,
        stated_list_usd,
        stated_billed_usd,
        case when price_basis <> 'in_vendor_list' then list_usd_per_token end
            as usd_per_token,
        case
            when price_basis in ('vendor_list', 'vendor_metered') then stated_list_usd
            when price_basis <> 'in_vendor_list'
                then {{ tokens_to_usd('tokens', 'list_usd_per_token') }}
        end as usage_usd,
        case
            when price_basis in ('vendor_list', 'vendor_metered') then stated_list_usd
            when price_basis <> 'in_vendor_list'
                then {{ tokens_to_usd('tokens', 'contracted_usd_per_token') }}
        end as contracted_usd,
        records_n,
        page_number,
        last_page_number,

        ---------- booleans
        is_counted,

        ---------- dates
        usage_date,
        quarter_start

    from based

)

select * from usage_priced
