{# Whole seconds from one timestamp to another. #}
{% macro elapsed_seconds(from_at, to_at) -%}
    {{ return(adapter.dispatch('elapsed_seconds')(from_at, to_at)) }}
{%- endmacro %}


{% macro duckdb__elapsed_seconds(from_at, to_at) -%}
    date_sub('second', {{ from_at }}, {{ to_at }})
{%- endmacro %}


{% macro spark__elapsed_seconds(from_at, to_at) -%}
    timestampdiff(second, {{ from_at }}, {{ to_at }})
{%- endmacro %}


{# Days from one date to another. #}
{% macro elapsed_days(from_date, to_date) -%}
    {{ return(adapter.dispatch('elapsed_days')(from_date, to_date)) }}
{%- endmacro %}


{% macro duckdb__elapsed_days(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}


{% macro spark__elapsed_days(from_date, to_date) -%}
    cast(date_diff({{ to_date }}, {{ from_date }}) as bigint)
{%- endmacro %}


{# ISO weekday of a date: Monday is 1. #}
{% macro iso_weekday(day) -%}
    {{ return(adapter.dispatch('iso_weekday')(day)) }}
{%- endmacro %}


{% macro duckdb__iso_weekday(day) -%}
    isodow({{ day }})
{%- endmacro %}


{% macro spark__iso_weekday(day) -%}
    (weekday({{ day }}) + 1)
{%- endmacro %}
