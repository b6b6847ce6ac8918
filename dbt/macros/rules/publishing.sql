{# The first of the reasons that withhold a figure; null publishes it. #}
{% macro first_reason(reasons) -%}
    coalesce({{ reasons | join(', ') }})
{%- endmacro %}


{# Credits are millionths of an item. #}
{% macro items(millionths) -%}
    cast(cast({{ millionths }} as decimal(18, 0)) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6))
{%- endmacro %}


{# Credits times weights are millionths of millionths. #}
{% macro weighted_items(trillionths) -%}
    cast(
        cast({{ trillionths }} as decimal(24, 0)) * cast(0.000000000001 as decimal(12, 12))
        as decimal(38, 12)
    )
{%- endmacro %}


{# Some of all as a share; null of nothing. #}
{% macro part_of(part, whole) -%}
    cast(
        case when {{ whole }} > 0 then cast({{ part }} as double) / {{ whole }} end
        as decimal(38, 12)
    )
{%- endmacro %}


{# An end of the likely range (80 %) of a share by Wilson: least or greatest. The share
   itself is within, whatever is rounded. #}
{% macro wilson_end(part, whole, end) -%}
    {%- set share = 'cast(' ~ part ~ ' as double) / ' ~ whole -%}
    {%- set sign = '-' if end == 'least' else '+' -%}
    case
        when {{ whole }} > 0
            then {{ end }}(
                {{ share }},
                (
                    {{ share }} + {{ z80() }} * {{ z80() }} / (2.0 * {{ whole }})
                    {{ sign }} {{ z80() }} * sqrt(
                        {{ share }} * (1 - {{ share }}) / {{ whole }}
                        + {{ z80() }} * {{ z80() }} / (4.0 * {{ whole }} * {{ whole }})
                    )
                )
                / (1 + {{ z80() }} * {{ z80() }} / {{ whole }})
            )
    end
{%- endmacro %}


{# What cuts a tenth off each end of a normal distribution. #}
{% macro z80() -%}
    cast(1.281551565545 as double)
{%- endmacro %}


{# Figures of a person and quarter: measure, unit, expression over
   int_person_quarters_decided, items behind it, what may withhold it, and of a share
   its part of the items. #}
{% macro person_figures() %}
    {%- set usage = ['withheld_reason', 'usage_withheld_reason'] -%}
    {%- set issues = ['withheld_reason', 'issues_withheld_reason'] -%}
    {%- set code = ['withheld_reason', 'code_withheld_reason'] -%}
    {%- set host = ['withheld_reason', 'host_withheld_reason'] -%}
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
        ['delivered_w', 'items', weighted_items('weighted_trillionths'),
            'delivered_items_n', issues + ['weight_withheld_reason']],
        ['delivered_spread_n', 'items', items('delivered_spread_millionths'),
            'delivered_items_n', issues],
        ['reopened_share', 'share', part_of('returned_n', 'done_n'), 'done_n',
            issues + ['reopened_withheld_reason'], 'returned_n'],
        ['reverted_share', 'share', part_of('reverted_n', 'mature_changes_n'),
            'mature_changes_n', code + ['reverted_withheld_reason'], 'reverted_n'],
        ['rewritten_own_share', 'share',
            part_of('rewritten_own_line_millionths', 'written_line_millionths'),
            'rework_changes_n', code + ['rewritten_withheld_reason']],
        ['rewritten_others_share', 'share',
            part_of('rewritten_others_line_millionths', 'written_line_millionths'),
            'rework_changes_n', code + ['rewritten_withheld_reason']],
        ['ai_assisted_share', 'share', part_of('assisted_n', 'seen_changes_n'),
            'seen_changes_n', code + ['assisted_withheld_reason'], 'assisted_n'],
        ['pull_request_hours', 'hours', 'pull_request_hours', 'pull_request_items_n',
            host + ['pull_request_withheld_reason']],
        ['reviews_given', 'items', items('review_millionths'), 'reviews_n', host],
        ['review_hours', 'hours', 'review_hours', 'review_items_n',
            host + ['review_withheld_reason']],
    ]) -%}
    {{ return(figures) }}
{% endmacro %}


{# Sums of a team, as columns of int_team_members_measured. #}
{% macro team_measures() %}
    {{ return([
        'fte_days', 'list_cost_usd', 'delivered_n', 'merged_n', 'turnaround_items_n',
    ]) }}
{% endmacro %}
