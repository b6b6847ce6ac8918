-- Anything else counts cached or reasoning tokens twice, or not at all.
{{ config(meta={'dagster': {'ref': {'name': 'fct_ai_usage_daily'}}}) }}

select *
from {{ ref('int_usage_reported') }}
where
    vendor_total_tokens is not null
    and vendor_total_tokens <> (
        {% for token_class in token_classes() -%}
        coalesce({{ token_class }}, 0)
        {%- if not loop.last %}
        + {% endif %}
        {%- endfor %}
    )
