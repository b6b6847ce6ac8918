with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_prices_spanned as (

    select * from {{ ref('int_prices_spanned') }}

),

int_contract_prices_spanned as (

    select * from {{ ref('int_contract_prices_spanned') }}

),

int_former_prices_spanned as (

    select * from {{ ref('int_former_prices_spanned') }}

),

-- No row before there was an earlier book: then nothing was priced otherwise.
former_book as (

    select max(changed_on) as changed_on
    from int_former_prices_spanned
    having count(*) > 0

),

books as (

    {% set columns = price_key() + [
        'price_source', 'source_version', 'usd_per_token', 'band_from_tokens',
        'band_to_tokens', 'valid_from', 'valid_to',
    ] -%}
    {% for book, kind, prices in [
        ('after', "'list'", 'int_prices_spanned'),
        ('after', "'contract'", 'int_contract_prices_spanned'),
        ('before', 'price_kind', 'int_former_prices_spanned'),
    ] -%}
    select
        '{{ book }}' as book,
        {{ kind }} as price_kind,
        {{ columns | join(', ') }}
    from {{ prices }}
    {% if not loop.last %}union all
    {% endif -%}
    {%- endfor %}

),

-- What the vendor's own amount stands for is not priced by the book.
used as (

    select
        vendor,
        provider,
        model,
        token_class,
        region,
        {{ counterparty('scope') }} as counterparty,
        {{ price_tier('service_tier') }} as price_tier,
        {{ context_from_tokens('context_window') }} as context_from_tokens,
        usage_date,
        sum(tokens) as tokens
    from int_usage_attributed
    where token_class <> 'none' and tokens <> 0 and price_basis <> 'in_vendor_list'
    group by
        vendor,
        provider,
        model,
        token_class,
        region,
        {{ counterparty('scope') }},
        {{ price_tier('service_tier') }},
        {{ context_from_tokens('context_window') }},
        usage_date

),

-- A price of the very region goes before that of any region.
found as (

    select
        used.vendor,
        used.provider,
        used.model,
        used.token_class,
        used.region,
        used.counterparty,
        used.price_tier,
        used.context_from_tokens,
        used.usage_date,
        former_book.changed_on,
        max(used.tokens) as tokens,
        {% for book in ['before', 'after'] -%}
        {% for kind in ['list', 'contract'] -%}
        {% set is_it -%}
        books.book = '{{ book }}' and books.price_kind = '{{ kind }}'
        {%- endset -%}
        coalesce(
            max(
                case
                    when {{ is_it }} and books.region <> 'any'
                        then books.usd_per_token
                end
            ),
            max(case when {{ is_it }} then books.usd_per_token end)
        ) as {{ kind }}_{{ book }},
        max(
            case
                when {{ is_it }}
                    then
                        books.price_source
                        || coalesce(', ' || books.source_version, '')
            end
        ) as {{ kind }}_source_{{ book }}
        {%- if not (loop.last and book == 'after') %},
        {% endif %}
        {%- endfor %}
        {%- endfor %}
    from used
    cross join former_book
    left join books
        on
            {{ is_price_of('books', 'used') }}
            and books.region in (used.region, 'any')
            and (books.price_kind = 'list' or books.vendor = used.counterparty)
    group by
        used.vendor,
        used.provider,
        used.model,
        used.token_class,
        used.region,
        used.counterparty,
        used.price_tier,
        used.context_from_tokens,
        used.usage_date,
        former_book.changed_on

),

-- Where nothing was agreed the contracted price is the list price.
both_kinds as (

    {% for kind in ['list', 'contract'] -%}
    select
        vendor,
        provider,
        model,
        token_class,
        usage_date,
        changed_on,
        tokens,
        '{{ kind }}' as price_kind,
        {% for book in ['before', 'after'] -%}
        coalesce({{ kind }}_{{ book }}, list_{{ book }}) as usd_per_token_{{ book }},
        coalesce({{ kind }}_source_{{ book }}, list_source_{{ book }})
            as price_source_{{ book }}
        {%- if not loop.last %},
        {% endif %}
        {%- endfor %}
    from found
    {% if not loop.last %}union all
    {% endif -%}
    {%- endfor %}

),

compared as (

    select
        *,
        case
            when usd_per_token_before is null then 'newly_priced'
            when usd_per_token_after is null then 'no_longer_priced'
            else 'repriced'
        end as change_kind,
        coalesce(usd_per_token_before <> usd_per_token_after, true) as is_changed,
        {{ tokens_to_usd('tokens', 'usd_per_token_before') }} as before_usd,
        {{ tokens_to_usd('tokens', 'usd_per_token_after') }} as after_usd
    from both_kinds
    where usd_per_token_before is not null or usd_per_token_after is not null

),

usage_repriced as (

    select
        ---------- ids
        price_kind,
        vendor,
        provider,
        model,
        token_class,
        change_kind,

        ---------- strings
        max(case when is_changed then price_source_before end) as price_source_before,
        max(case when is_changed then price_source_after end) as price_source_after,

        ---------- numerics
        sum(tokens) as tokens,
        sum(case when is_changed then tokens else 0 end) as changed_tokens,
        sum(before_usd) as cost_before_usd,
        sum(after_usd) as cost_after_usd,

        ---------- dates
        cast(date_trunc('month', usage_date) as date) as month_start,
        changed_on

    from compared
    group by
        price_kind,
        vendor,
        provider,
        model,
        token_class,
        change_kind,
        cast(date_trunc('month', usage_date) as date),
        changed_on
    having sum(case when is_changed then tokens else 0 end) > 0

)

select * from usage_repriced
