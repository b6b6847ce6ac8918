{# Tokens above which a vendor's context band starts: '200k-1M' is 200000, '>272000' is
   272000. What is not reported, or no number, is the base band: a long price is never
   applied on a guess. #}
{% macro context_from_tokens(context_window) -%}
    {%- set start = "lower(split_part(replace(" ~ context_window ~ ", '>', ''), '-', 1))" -%}
    coalesce(
        try_cast(replace(replace(replace({{ start }}, 'k', ''), 'm', ''), '+', '') as bigint)
        * case when {{ start }} like '%k%' then 1000 when {{ start }} like '%m%' then 1000000 else 1 end,
        0
    )
{%- endmacro %}


{# The service tier whose price holds: a vendor that reports none means its standard. #}
{% macro price_tier(service_tier) -%}
    case
        when {{ service_tier }} in ('not_reported', 'default', 'auto') then 'standard'
        else {{ service_tier }}
    end
{%- endmacro %}


{# Whether a price is for a usage row, its region apart. The row has `provider`, `model`,
   `token_class`, `price_tier`, `context_from_tokens` and `usage_date`. Of the bands of a
   price, the highest that starts at or below the vendor's own band is the one. #}
{% macro is_price_of(prices, usage) -%}
    {{ prices }}.vendor = {{ usage }}.provider
    and {{ prices }}.model = {{ usage }}.model
    and {{ prices }}.token_class = {{ usage }}.token_class
    and {{ prices }}.service_tier = {{ usage }}.price_tier
    and {{ usage }}.context_from_tokens >= {{ prices }}.band_from_tokens
    and {{ usage }}.context_from_tokens < {{ prices }}.band_to_tokens
    and {{ usage }}.usage_date >= {{ prices }}.valid_from
    and {{ usage }}.usage_date < {{ prices }}.valid_to
{%- endmacro %}


{# With whom the usage of a scope is contracted: 'aws/bedrock' with aws. What a tool
   resells under the price of another provider is not under a contract with that one. #}
{% macro counterparty(scope) -%}
    split_part({{ scope }}, '/', 1)
{%- endmacro %}


{# What one price is for, its days apart. #}
{% macro price_key() %}
    {{ return(['vendor', 'model', 'token_class', 'service_tier', 'context_band', 'region']) }}
{% endmacro %}


{# List prices as spans: a price ends where it says, or where the next one begins. #}
{% macro list_prices_spanned(listed) -%}
    select
        {{ price_key() | join(', ') }},
        price_source,
        source_version,
        cast(usd_per_token as decimal(18, 12)) as usd_per_token,
        band_from_tokens,
        coalesce(
            min(band_from_tokens) over (
                partition by vendor, model, token_class, service_tier, region
                order by band_from_tokens
                range between 1 following and unbounded following
            ),
            9223372036854775807
        ) as band_to_tokens,
        valid_from,
        least(stated_to, coalesce(next_from, stated_to)) as valid_to
    from (
        select
            *,
            case
                when context_band = 'base' then 0
                else cast(replace(context_band, '>', '') as bigint)
            end as band_from_tokens,
            coalesce(valid_to, {{ open_end() }}) as stated_to,
            lead(valid_from) over (
                partition by {{ price_key() | join(', ') }} order by valid_from
            ) as next_from
        from {{ listed }}
    ) as followed
{%- endmacro %}


{# Contracted prices as spans beside the list prices they replace. Of the contract rows
   that hold, the one that names most columns wins; of equal ones a price goes before a
   discount, then the one that names the earlier column. `agreed` has last days that
   hold; spans are cut wherever another row begins to win. A discounted price is rounded
   half up to twelve decimals, the only rounding of a price anywhere. #}
{% macro contract_prices_spanned(listed, agreed) -%}
    {%- set key = price_key() -%}
    {%- set wild = key[1:] -%}
    with

    dated as (

        select
            *,
            coalesce(cast(valid_to + interval '1' day as date), {{ open_end() }}) as ends_on
        from {{ agreed }}

    ),

    -- A region that some contract names has prices of its own, unless it is listed.
    placed as (

        select * from {{ listed }}
        union all
        select
            {% for column in key[:-1] -%}
            listed.{{ column }},
            {% endfor -%}
            regions.region,
            listed.price_source,
            listed.source_version,
            listed.usd_per_token,
            listed.band_from_tokens,
            listed.band_to_tokens,
            listed.valid_from,
            listed.valid_to
        from {{ listed }} as listed
        inner join (
            select distinct
                vendor,
                region
            from dated
            where region <> '*'
        ) as regions
            on listed.vendor = regions.vendor
        left join (
            select distinct {{ key | join(', ') }} from {{ listed }}
        ) as own
            on
                {% for column in key[:-1] -%}
                listed.{{ column }} = own.{{ column }}
                and {% endfor -%}
                regions.region = own.region
        where listed.region = 'any' and own.vendor is null

    ),

    applicable as (

        select
            placed.*,
            dated.evidence,
            dated.usd_per_million,
            dated.discount_share,
            greatest(dated.valid_from, placed.valid_from) as applies_from,
            least(dated.ends_on, placed.valid_to) as applies_to,
            {% for column in wild -%}
            case when dated.{{ column }} = '*' then 0 else 1 end
            {%- if not loop.last %} + {% endif -%}
            {%- endfor %} as named_n,
            {% for column in wild -%}
            case when dated.{{ column }} = '*' then 0 else {{ 2 ** (loop.length - loop.index) }} end
            {%- if not loop.last %} + {% endif -%}
            {%- endfor %} as named_order
        from placed
        inner join dated
            on
                placed.vendor = dated.vendor
                {% for column in wild -%}
                and (dated.{{ column }} = '*' or dated.{{ column }} = placed.{{ column }})
                {% endfor -%}
                and dated.valid_from < placed.valid_to
                and dated.ends_on > placed.valid_from

    ),

    edges as (

        select {{ key | join(', ') }}, valid_from, applies_from as edge from applicable
        union
        select {{ key | join(', ') }}, valid_from, applies_to as edge from applicable

    ),

    pieces as (

        select
            *,
            lead(edge) over (
                partition by {{ key | join(', ') }}, valid_from order by edge
            ) as next_edge
        from edges

    ),

    ranked as (

        select
            applicable.*,
            pieces.edge,
            pieces.next_edge,
            row_number() over (
                partition by
                    {% for column in key -%}
                    pieces.{{ column }},
                    {% endfor -%}
                    pieces.edge
                order by
                    applicable.named_n desc,
                    case when applicable.usd_per_million is null then 1 else 0 end,
                    applicable.named_order desc
            ) as place
        from pieces
        inner join applicable
            on
                {% for column in key -%}
                pieces.{{ column }} = applicable.{{ column }}
                and {% endfor -%}
                pieces.valid_from = applicable.valid_from
                and pieces.edge >= applicable.applies_from
                and pieces.edge < applicable.applies_to
        where pieces.next_edge is not null

    )

    select
        {{ key | join(', ') }},
        'contract' as price_source,
        evidence as source_version,
        cast(case
            when usd_per_million is not null
                then cast(usd_per_million as decimal(12, 6)) * cast(0.000001 as decimal(7, 6))
            else round(
                usd_per_token
                * (cast(1 as decimal(7, 6)) - cast(discount_share as decimal(7, 6))),
                12
            )
        end as decimal(18, 12)) as usd_per_token,
        band_from_tokens,
        band_to_tokens,
        edge as valid_from,
        next_edge as valid_to
    from ranked
    where place = 1
{%- endmacro %}
