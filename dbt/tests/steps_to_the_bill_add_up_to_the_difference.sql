{{ config(meta={'dagster': {'ref': {'name': 'mart_cost_variance'}}}) }}

select *
from {{ ref('mart_cost_variance') }}
where
    {{ usd_to_pico('difference_usd') }}
    <> {% for step in variance_steps() %}{{ usd_to_pico(step ~ '_usd') }}
    {%- if not loop.last %} + {% endif %}{% endfor %}
    or (difference_usd is null) <> (unconverted_lines_n > 0)
