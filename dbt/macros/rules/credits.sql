{# Hundredths of a credit as credits: a product, which both engines do not round. #}
{% macro credits_of_hundredths(hundredths) -%}
    cast(cast({{ hundredths }} as decimal(18, 0)) * cast(0.01 as decimal(2, 2)) as decimal(20, 8))
{%- endmacro %}


{# What credits cost at a configured price; null without one. The widths are those both
   engines multiply without rounding. #}
{% macro credits_to_usd(credits, usd_per_credit) -%}
    cast(cast({{ credits }} as decimal(20, 8)) * cast({{ usd_per_credit }} as decimal(17, 4)) as decimal(38, 12))
{%- endmacro %}
