{# Sources are read from the lake's files in force; unit tests keep their rows. #}
{% macro source(source_name, table_name) %}
    {%- set relation = builtins.source(source_name, table_name) -%}
    {%- if relation.is_cte -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- set lake = env_var('TOKENWORTH_LAKE', '../.tokenworth/lake') -%}
    {%- set files = lake ~ '/' ~ source_name ~ '/' ~ table_name ~ '/current/*/*.parquet' -%}
    {{ return(adapter.dispatch('parquet_files')(files)) }}
{% endmacro %}


{% macro duckdb__parquet_files(files) -%}
    read_parquet('{{ files }}', union_by_name = true, hive_partitioning = false)
{%- endmacro %}


{% macro spark__parquet_files(files) -%}
    parquet.`{{ files }}`
{%- endmacro %}
