{# A limit of the configuration, or its safe default where none landed. #}
{% macro threshold(threshold_name, safe_default) -%}
    coalesce(
        max(case when threshold = '{{ threshold_name }}' then threshold_value end), {{ safe_default }}
    ) as {{ threshold_name }}
{%- endmacro %}
