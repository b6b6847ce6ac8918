{# Disjoint token classes that a vendor reports and the price book prices. #}
{% macro token_classes() %}
    {{ return(['input_uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output']) }}
{% endmacro %}


{# Nothing reported of a token class is zero, of 'none' it is null, and so is a cost of
   tokens without a price. #}
{% macro zero_if_no_tokens(amount, tokens=none) -%}
    case
        when {{ amount }} is not null then {{ amount }}
        when cells.token_class <> 'none' and coalesce({{ tokens or amount }}, 0) = 0 then 0
    end
{%- endmacro %}
