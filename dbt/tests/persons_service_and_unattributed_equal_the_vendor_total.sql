-- By a way of its own: what landed per day and class against what is attributed.
{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_usage_daily'}}}) }}

with

landed as (

    select
        usage_date,
        sum(uncached_input_tokens) as input_uncached,
        sum(cache_read_input_tokens) as cache_read,
        sum(cache_creation_5m_input_tokens) as cache_write_5m,
        sum(cache_creation_1h_input_tokens) as cache_write_1h,
        sum(output_tokens) as output
    from {{ ref('stg_anthropic__usage') }}
    group by usage_date

),

attributed as (

    select
        usage_date,
    {% for token_class in token_classes() -%}
    sum(case when token_class = '{{ token_class }}' then tokens end)
        as {{ token_class }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
    from {{ ref('fct_ai_usage_daily') }}
    where vendor = 'anthropic' and attribution in ('person', 'service', 'unattributed')
    group by usage_date

)

select
    landed.usage_date,
    {% for token_class in token_classes() -%}
    landed.{{ token_class }} as landed_{{ token_class }},
    attributed.{{ token_class }} as attributed_{{ token_class }}
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from landed
left join attributed
    on landed.usage_date = attributed.usage_date
where
    {% for token_class in token_classes() -%}
    {% if not loop.first %}or {% endif -%}
    coalesce(landed.{{ token_class }}, 0) <> coalesce(attributed.{{ token_class }}, 0)
{% endfor %}
