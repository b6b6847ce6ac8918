{# Dollars of an amount in another currency; null where its day has no rate. The widths
   are those that both engines multiply without rounding. #}
{% macro to_usd(amount, usd_per_unit) -%}
    cast(
        cast({{ amount }} as decimal(22, 12)) * cast({{ usd_per_unit }} as decimal(15, 12))
        as decimal(38, 12)
    )
{%- endmacro %}


{# Whole pico-dollars: parts of an amount are cut in them, so that none is lost. #}
{% macro usd_to_pico(amount) -%}
    cast(
        cast({{ amount }} as decimal(24, 12)) * cast(1000000000000 as decimal(13, 0))
        as decimal(38, 0)
    )
{%- endmacro %}


{% macro pico_to_usd(pico) -%}
    cast(
        cast({{ pico }} as decimal(25, 0)) * cast(0.000000000001 as decimal(12, 12))
        as decimal(38, 12)
    )
{%- endmacro %}


{# One amount less another. Of wider ones an engine rounds the difference. #}
{% macro usd_less(amount, other) -%}
    cast(
        cast({{ amount }} as decimal(37, 12)) - cast({{ other }} as decimal(37, 12))
        as decimal(38, 12)
    )
{%- endmacro %}


{# A price per token as one per million tokens, exact. #}
{% macro per_million(usd_per_token) -%}
    cast({{ usd_per_token }} * cast(1000000 as decimal(7, 0)) as decimal(38, 12))
{%- endmacro %}


{# whole × part / total in whole numbers, cut toward zero, with the sign of the parts. #}
{% macro signed_share(whole, part, total) -%}
    case
        when ({{ whole }} < 0) <> ({{ part }} < 0)
            then -{{ share_of('abs(' ~ whole ~ ')', 'abs(' ~ part ~ ')', total) }}
        else {{ share_of('abs(' ~ whole ~ ')', 'abs(' ~ part ~ ')', total) }}
    end
{%- endmacro %}


{# Attributes of a charge that narrow whose usage it was. #}
{% macro cost_scope() %}
    {{ return([
        'vendor_model', 'product', 'service_tier', 'context_window', 'region',
        'project_id', 'api_key_id'
    ]) }}
{% endmacro %}


{# The first day of a date's calendar month, and the first day after that month. #}
{% macro month_start(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}


{% macro month_end(start) -%}
    cast({{ start }} + interval '1' month as date)
{%- endmacro %}


{# Steps from our list cost to the bill; they sum to the difference exactly. #}
{% macro variance_steps() %}
    {{ return([
        'unpriced_model', 'price', 'missing_log', 'time_zone', 'revision', 'volume',
        'discount', 'seat_or_overage', 'unexplained'
    ]) }}
{% endmacro %}


{# What a line of a bill counts, one of tokens, credits, requests; null: nothing that
   usage is counted in. #}
{% macro counted_unit(unit) -%}
    case
        when lower({{ unit }}) like '%token%' then 'tokens'
        when lower({{ unit }}) like '%credit%' then 'credits'
        when lower({{ unit }}) like '%request%' then 'requests'
    end
{%- endmacro %}


{# A billed quantity in whole units: tokens, requests, millionths of a credit. #}
{% macro whole_units(quantity, unit) -%}
    cast(round(
        cast({{ quantity }} as decimal(22, 8))
        * case
            when lower({{ unit }}) in (
                '1000000 tokens', 'million tokens', '1m tokens', 'million token'
            )
                then cast(1000000 as decimal(7, 0))
            when lower({{ unit }}) in ('1000 tokens', 'thousand tokens', '1k tokens')
                then cast(1000 as decimal(7, 0))
            when lower({{ unit }}) like '%credit%' then cast(1000000 as decimal(7, 0))
            else cast(1 as decimal(7, 0))
        end, 0
    ) as decimal(38, 0))
{%- endmacro %}


{# A vendor's name as invoices write it; the id where none is known. #}
{% macro vendor_name(vendor) -%}
    case {{ vendor }}
        when 'anthropic' then 'Anthropic'
        when 'openai' then 'OpenAI'
        when 'google' then 'Google'
        when 'cursor' then 'Cursor'
        when 'copilot' then 'GitHub'
        when 'github' then 'GitHub'
        when 'aws' then 'AWS'
        when 'bedrock' then 'AWS'
        when 'azure' then 'Microsoft'
        else {{ vendor }}
    end
{%- endmacro %}


{# FOCUS has no word for a thing that a vendor did not say. #}
{% macro said(name) -%}
    case when {{ name }} not in ('not_reported', 'none') then {{ name }} end
{%- endmacro %}


{# A text as it stands between the quotes of a JSON string. #}
{% macro json_text(name) -%}
    '"' || replace(replace({{ name }}, chr(92), chr(92) || chr(92)), '"', chr(92) || '"')
    || '"'
{%- endmacro %}


{# What a price meters, from the token class. #}
{% macro sku_meter() -%}
    case token_class
        when 'input_uncached' then 'Input Tokens'
        when 'cache_read' then 'Cache Read Tokens'
        when 'cache_write_5m' then 'Cache Write Tokens (5 Minutes)'
        when 'cache_write_1h' then 'Cache Write Tokens (1 Hour)'
        when 'cache_write_unspecified' then 'Cache Write Tokens'
        when 'input_unspecified' then 'All Input Tokens'
        when 'output' then 'Output Tokens'
        else token_class
    end
{%- endmacro %}


{# What a bill and usage are compared by, as finely as the bill tells usage apart. #}
{% macro bill_cell(model, tier, token_class) -%}
    case when bill_periods.has_model then {{ model }} else 'every' end as model,
    case
        when bill_periods.has_tier then {{ price_tier('lower(' ~ tier ~ ')') }}
        else 'every'
    end as service_tier,
    case when bill_periods.has_class then {{ token_class }} else 'every' end
        as token_class
{%- endmacro %}
