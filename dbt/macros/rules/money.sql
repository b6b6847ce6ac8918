{# The one place where a vendor's cents become dollars. A product and not a quotient:
   Spark would round the quotient. #}
{% macro cents_to_usd(cents) -%}
    cast(cast({{ cents }} as decimal(26, 12)) * cast(0.01 as decimal(2, 2)) as decimal(38, 12))
{%- endmacro %}


{# Exact price of tokens: the widths are those both engines multiply without rounding. #}
{% macro tokens_to_usd(tokens, usd_per_token) -%}
    cast(cast({{ tokens }} as decimal(18, 0)) * {{ usd_per_token }} as decimal(38, 12))
{%- endmacro %}


{# Two significant digits: published sums give nothing away by their last ones. #}
{% macro two_digits(amount) -%}
    case
        when {{ amount }} = 0 then cast(0 as decimal(38, 12))
        else cast(
            round({{ amount }} / power(10, floor(log10(cast({{ amount }} as double))) - 1), 0)
            * power(10, floor(log10(cast({{ amount }} as double))) - 1) as decimal(38, 12)
        )
    end
{%- endmacro %}
