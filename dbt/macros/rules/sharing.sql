{# How the credit of an item may be shared. Figures show the first; the others say how
   much hangs on that choice. equal: among everybody who wrote a tenth of the lines or is
   named; proportional: among the same by their lines; assignee: all to whom the tracker
   names, or who opened the change. #}
{% macro credit_rules() %}
    {{ return(['equal', 'proportional', 'assignee']) }}
{% endmacro %}


{# Version of the rules above and of the measures made of them. #}
{% macro rule_version() -%}
    '2'
{%- endmacro %}
