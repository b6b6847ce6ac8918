{# whole × part / total of whole numbers that are not negative, cut to a whole number;
   null where the total is zero. The product may have 38 digits. #}
{% macro share_of(whole, part, total) -%}
    {{ return(adapter.dispatch('share_of')(whole, part, total)) }}
{%- endmacro %}


{% macro duckdb__share_of(whole, part, total) -%}
    cast(
        cast({{ whole }} as hugeint) * cast({{ part }} as hugeint)
        // nullif(cast({{ total }} as hugeint), 0) as decimal(38, 0)
    )
{%- endmacro %}


{% macro spark__share_of(whole, part, total) -%}
    cast(
        (cast({{ whole }} as decimal(38, 0)) * cast({{ part }} as decimal(38, 0)))
        div nullif(cast({{ total }} as decimal(38, 0)), 0) as decimal(38, 0)
    )
{%- endmacro %}


{# What share_of cuts off, in parts of the total. #}
{% macro share_remainder(whole, part, total) -%}
    {{ return(adapter.dispatch('share_remainder')(whole, part, total)) }}
{%- endmacro %}


{% macro duckdb__share_remainder(whole, part, total) -%}
    cast(
        cast({{ whole }} as hugeint) * cast({{ part }} as hugeint)
        % nullif(cast({{ total }} as hugeint), 0) as decimal(38, 0)
    )
{%- endmacro %}


{% macro spark__share_remainder(whole, part, total) -%}
    cast(
        (cast({{ whole }} as decimal(38, 0)) * cast({{ part }} as decimal(38, 0)))
        % nullif(cast({{ total }} as decimal(38, 0)), 0) as decimal(38, 0)
    )
{%- endmacro %}
