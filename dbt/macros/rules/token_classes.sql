{# Disjoint token classes that a vendor reports and the price book prices. #}
{% macro token_classes() %}
    {{ return(['input_uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output']) }}
{% endmacro %}
