{# The first of the reasons that withhold a figure; null publishes it. #}
{% macro first_reason(reasons) -%}
    coalesce({{ reasons | join(', ') }})
{%- endmacro %}


{# Credits are millionths of an item. #}
{% macro items(millionths) -%}
    cast(cast({{ millionths }} as decimal(18, 0)) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6))
{%- endmacro %}


{# Figures of a person and quarter: measure, unit, expression over
   int_person_quarters_decided, items behind it, and what may withhold it. #}
{% macro person_figures() %}
    {%- set usage = ['withheld_reason', 'usage_withheld_reason'] -%}
    {%- set issues = ['withheld_reason', 'issues_withheld_reason'] -%}
    {%- set code = ['withheld_reason', 'code_withheld_reason'] -%}
    {%- set figures = [
        ['list_cost_usd', 'usd', 'list_cost_usd', 'null', usage + ['cost_withheld_reason']],
    ] -%}
    {%- for token_class in token_classes() -%}
        {%- set measure = token_class ~ '_tokens' -%}
        {%- do figures.append([
            measure, 'tokens', measure, 'null', usage + ['tokens_withheld_reason']
        ]) -%}
    {%- endfor -%}
    {%- do figures.extend([
        ['requests', 'requests', 'requests', 'null', usage + ['requests_withheld_reason']],
        ['active_days', 'days', 'active_days', 'null', usage],
        ['delivered_n', 'items', items('delivered_millionths'), 'delivered_items_n', issues],
        ['merged_n', 'items', items('merged_millionths'), 'merged_items_n', code],
        ['turnaround_hours', 'hours', 'turnaround_hours', 'turnaround_items_n',
            issues + ['turnaround_withheld_reason']],
        ['open_items_n', 'items', 'open_items_n', 'open_items_n', issues],
    ]) -%}
    {{ return(figures) }}
{% endmacro %}


{# Sums of a team, as columns of int_team_members_measured. #}
{% macro team_measures() %}
    {{ return([
        'fte_days', 'list_cost_usd', 'delivered_n', 'merged_n', 'turnaround_items_n',
    ]) }}
{% endmacro %}
