{# Share of what was expected; null where nothing was, since it does not apply. #}
{% macro share(part, whole) -%}
    case when {{ whole }} > 0 then cast({{ part }} as double) / {{ whole }} end
{%- endmacro %}


{# Components of coverage in the order in which the weakest is named. #}
{% macro coverage_components() %}
    {{ return([
        'identity', 'vendor_feed_days', 'seat_reconciliation', 'outcome_link', 'calendar',
        'maturity',
    ]) }}
{% endmacro %}


{# The weakest component that applies: coverage is a minimum, so that it names its reason. #}
{% macro weakest_share() -%}
    least({{ coverage_components() | join(', ') }})
{%- endmacro %}


{% macro weakest_component() -%}
    case
        {%- for component in coverage_components() %}
        when {{ component }} = {{ weakest_share() }} and {{ component }} < 1 then '{{ component }}'
        {%- endfor %}
    end
{%- endmacro %}


{# Reason for withholding that a weakest component gives. #}
{% macro coverage_withheld_reason(component) -%}
    case {{ component }}
        when 'identity' then 'coverage_identity'
        when 'vendor_feed_days' then 'coverage_feed'
        when 'seat_reconciliation' then 'coverage_seat'
        when 'outcome_link' then 'coverage_link'
        when 'calendar' then 'coverage_calendar'
        when 'maturity' then 'immature'
    end
{%- endmacro %}
