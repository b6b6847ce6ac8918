{# One row per day, first and last included; the only expression of its select. #}
{% macro each_day(first_day, last_day) -%}
    {{ return(adapter.dispatch('each_day')(first_day, last_day)) }}
{%- endmacro %}


{% macro duckdb__each_day(first_day, last_day) -%}
    unnest(generate_series({{ first_day }}, {{ last_day }}, interval '1' day))
{%- endmacro %}


{% macro spark__each_day(first_day, last_day) -%}
    explode(sequence({{ first_day }}, {{ last_day }}, interval '1' day))
{%- endmacro %}


{# One row per part of a text with commas between. #}
{% macro each_part(text) -%}
    {{ return(adapter.dispatch('each_part')(text)) }}
{%- endmacro %}


{% macro duckdb__each_part(text) -%}
    unnest(string_split({{ text }}, ','))
{%- endmacro %}


{% macro spark__each_part(text) -%}
    explode(split({{ text }}, ','))
{%- endmacro %}


{# The different values of a group in order, with commas between; null if there is
   none. #}
{% macro each_listed(value) -%}
    {{ return(adapter.dispatch('each_listed')(value)) }}
{%- endmacro %}


{% macro duckdb__each_listed(value) -%}
    string_agg(distinct {{ value }}, ', ' order by {{ value }})
{%- endmacro %}


{% macro spark__each_listed(value) -%}
    nullif(array_join(sort_array(collect_set({{ value }})), ', '), '')
{%- endmacro %}
