{# Disjoint token classes. A vendor that does not split what it counts reports the
   unspecified ones, so that nothing is guessed. #}
{% macro token_classes() %}
    {{ return([
        'input_uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h',
        'cache_write_unspecified', 'output', 'input_unspecified'
    ]) }}
{% endmacro %}


{# Nothing reported of a token class is zero, of 'none' it is null, and so is a cost of
   tokens without a price. #}
{% macro zero_if_no_tokens(amount, tokens=none) -%}
    case
        when {{ amount }} is not null then {{ amount }}
        when cells.token_class <> 'none' and coalesce({{ tokens or amount }}, 0) = 0 then 0
    end
{%- endmacro %}


{# What makes two rows of usage the same row, their token class apart. #}
{% macro usage_grain() %}
    {{ return([
        'vendor', 'table_name', 'scope', 'evidence', 'provider', 'principal_type', 'principal_id',
        'vendor_model', 'product', 'service_tier', 'context_window', 'region',
        'api_key_id', 'project_id', 'usage_date'
    ]) }}
{% endmacro %}
