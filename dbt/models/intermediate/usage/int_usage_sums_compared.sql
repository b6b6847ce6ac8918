-- A source's own sums beside what it lists one by one: the same calls, never added.
{% set entries = vendor_facts('sums') -%}

with

int_usage_unpivoted as (

    select * from {{ ref('int_usage_unpivoted') }}

),

sums as (

    {% for entry in entries -%}
    {% set of_entry = loop -%}
    {% for token_class in token_classes() -%}
    select
        '{{ entry.source }}' as vendor,
        '{{ entry.table }}' as table_name,
        '{{ entry.of }}' as listing_table_name,
        '{{ entry.evidence }}' as evidence,
        '{{ token_class }}' as token_class,
        {{ fact(entry.tokens, token_class, 'bigint') }} as tokens,
        {{ fact(entry, 'usage_date', 'date') }} as usage_date
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    {%- if not (loop.last and of_entry.last) %}
    union all
    {% endif %}
    {%- endfor %}
    {%- endfor %}

),

summed as (

    select
        vendor,
        table_name,
        listing_table_name,
        evidence,
        usage_date,
        token_class,
        sum(tokens) as tokens
    from sums
    where tokens <> 0
    group by
        vendor, table_name, listing_table_name, evidence, usage_date, token_class

),

listed as (

    select
        vendor,
        table_name,
        usage_date,
        token_class,
        sum(tokens) as tokens
    from int_usage_unpivoted
    group by vendor, table_name, usage_date, token_class

),

usage_sums_compared as (

    select
        ---------- ids
        summed.vendor,
        summed.table_name,
        summed.token_class,

        ---------- strings
        summed.evidence,

        ---------- numerics
        cast(summed.tokens as bigint) as tokens,
        cast(coalesce(listed.tokens, 0) as bigint) as listed_tokens,

        ---------- dates
        summed.usage_date

    from summed
    left join listed
        on
            summed.vendor = listed.vendor
            and summed.listing_table_name = listed.table_name
            and summed.usage_date = listed.usage_date
            and summed.token_class = listed.token_class

)

select * from usage_sums_compared
