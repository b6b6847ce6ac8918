{# The day of a UTC timestamp in a time zone. #}
{% macro local_date(at, time_zone) -%}
    {{ return(adapter.dispatch('local_date')(at, time_zone)) }}
{%- endmacro %}


{% macro duckdb__local_date(at, time_zone) -%}
    cast(timezone({{ time_zone }}, timezone('UTC', {{ at }})) as date)
{%- endmacro %}


{% macro spark__local_date(at, time_zone) -%}
    cast(from_utc_timestamp({{ at }}, {{ time_zone }}) as date)
{%- endmacro %}


{# The UTC timestamp at which a day begins in a time zone. #}
{% macro day_starts_at(day, time_zone) -%}
    {{ return(adapter.dispatch('day_starts_at')(day, time_zone)) }}
{%- endmacro %}


{% macro duckdb__day_starts_at(day, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, cast({{ day }} as timestamp)))
{%- endmacro %}


{% macro spark__day_starts_at(day, time_zone) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), {{ time_zone }})
{%- endmacro %}
