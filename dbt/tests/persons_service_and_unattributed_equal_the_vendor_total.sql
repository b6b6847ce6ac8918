-- By a way of its own: what the vendors' tables hold per day and class against what is
-- attributed or counted elsewhere.
{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_usage_daily'}}}) }}

with

landed as (

    {% for entry in vendor_facts('usage') -%}
    {% for token_class, expression in entry.get('tokens', {}).items() -%}
    select
        '{{ entry.source }}' as vendor,
        '{{ token_class }}' as token_class,
        {{ fact(entry, 'usage_date', 'date') }} as usage_date,
        {{ expression }} as tokens
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}
    union all
    {% endfor -%}
    {% endfor -%}
    select
        vendor,
        token_class,
        usage_date,
        -tokens as tokens
    from {{ ref('fct_ai_usage_daily') }}
    where attribution in ('person', 'service', 'unattributed')
    union all
    select
        vendor,
        token_class,
        usage_date,
        -tokens as tokens
    from {{ ref('int_usage_owned') }}
    where not is_counted

)

select
    vendor,
    token_class,
    usage_date,
    sum(tokens) as lost_tokens
from landed
group by vendor, token_class, usage_date
having sum(tokens) <> 0
