{{ config(meta={'dagster': {'ref': {'name': 'fct_person_figure'}}}) }}

with

wide as (

    {% for measure in person_figures() -%}
    select
        person_id,
        quarter_start,
        '{{ measure[0] }}' as measure,
        cast({{ measure[0] }} as decimal(38, 12)) as wide_value
    from {{ ref('mart_person_efficiency_quarterly') }}
    {% if not loop.last -%}
    union all
    {% endif %}
    {%- endfor %}
)

select
    wide.*,
    figure.value
from wide
left join {{ ref('fct_person_figure') }} as figure
    on
        wide.person_id = figure.person_id
        and wide.quarter_start = figure.quarter_start
        and wide.measure = figure.measure
where
    figure.person_id is null
    or (wide.wide_value is null) <> (figure.value is null)
    or wide.wide_value <> figure.value
