{# Calendar quarter of a date: its first day, the first day after it, its label. #}
{% macro quarter_start(day) -%}
    cast(date_trunc('quarter', {{ day }}) as date)
{%- endmacro %}


{% macro quarter_end(start) -%}
    cast({{ start }} + interval '3' month as date)
{%- endmacro %}


{% macro quarter_label(start) -%}
    cast(extract(year from {{ start }}) as string) || '-Q' || cast(extract(quarter from {{ start }}) as string)
{%- endmacro %}


{# An open end, so that half-open spans compare without nulls. #}
{% macro open_end() -%}
    cast('9999-12-31' as date)
{%- endmacro %}
