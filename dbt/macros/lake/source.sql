{# Sources are read from the lake's files in force; unit tests keep their rows. With the
   variable `as_of`, an instant in UTC, they are read as they were known then. #}
{% macro source(source_name, table_name) %}
    {%- set relation = builtins.source(source_name, table_name) -%}
    {%- if relation.is_cte -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- if var('as_of', none) -%}
        {{ return(known_then(versions(source_name, table_name), var('as_of'))) }}
    {%- endif -%}
    {%- set lake = env_var('TOKENWORTH_LAKE', '../.tokenworth/lake') -%}
    {%- set files = lake ~ '/' ~ source_name ~ '/' ~ table_name ~ '/current/*/*.parquet' -%}
    {{ return(adapter.dispatch('parquet_files')(files)) }}
{% endmacro %}


{% macro known_then(rows, instant) -%}
    (
        select * from {{ rows }}
        where
            known_at <= cast('{{ instant }}' as timestamp)
            and (superseded_at is null or superseded_at > cast('{{ instant }}' as timestamp))
    )
{%- endmacro %}


{# Every version of a table's rows that ever was in force: `known_at` is when it came,
   `superseded_at` when it was replaced; null while it is in force. #}
{% macro versions(source_name, table_name) %}
    {%- set relation = builtins.source(source_name, table_name) -%}
    {%- if relation.is_cte -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- set lake = env_var('TOKENWORTH_LAKE', '../.tokenworth/lake') -%}
    {%- set files = lake ~ '/' ~ source_name ~ '/' ~ table_name -%}
    {{ return(adapter.dispatch('all_versions')(files)) }}
{% endmacro %}


{% macro duckdb__all_versions(files) -%}
    read_parquet(
        ['{{ files }}/current/*/*.parquet', '{{ files }}/history/*.parquet'],
        union_by_name = true, hive_partitioning = false
    )
{%- endmacro %}


{# By place: each folder's first file has no row and the columns of today, in order. #}
{% macro spark__all_versions(files) -%}
    (
        select *, cast(null as timestamp) as superseded_at
        from parquet.`{{ files }}/current/*/*.parquet`
        union all
        select * from parquet.`{{ files }}/history/*.parquet`
    )
{%- endmacro %}


{% macro duckdb__parquet_files(files) -%}
    read_parquet('{{ files }}', union_by_name = true, hive_partitioning = false)
{%- endmacro %}


{% macro spark__parquet_files(files) -%}
    parquet.`{{ files }}`
{%- endmacro %}
