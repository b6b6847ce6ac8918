-- Every vendor's usage in the same words, by the tables of facts in macros/vendors.
{% set entries = vendor_facts('usage') -%}

with

{% for entry in entries -%}
reported_{{ loop.index }} as (

    select
        '{{ entry.source }}' as source,
        '{{ entry.table }}' as table_name,
        '{{ entry.evidence }}' as evidence,
        {{ fact(entry, 'scope', 'string') }} as scope,
        coalesce({{ fact(entry, 'provider', 'string') }}, '{{ entry.source }}')
            as provider,
        coalesce({{ fact(entry, 'principal_type', 'string') }}, 'unknown')
            as principal_type,
        coalesce({{ fact(entry, 'principal_id', 'string') }}, '') as principal_id,
        {{ fact(entry, 'principal_email', 'string') }} as principal_email,
        {% for name in [
            'model', 'product', 'service_tier', 'context_window', 'region',
            'api_key_id', 'project_id', 'tool_unit'
        ] -%}
        coalesce({{ fact(entry, name, 'string') }}, 'not_reported')
            as {{ 'vendor_model' if name == 'model' else name }},
        {% endfor -%}
        pull_id,
        {% for token_class in token_classes() -%}
        {{ fact(entry.get('tokens', {}), token_class, 'bigint') }} as {{ token_class }},
        {% endfor -%}
        {{ fact(entry, 'vendor_total', 'bigint') }} as vendor_total_tokens,
        {{ fact(entry, 'reasoning_tokens', 'bigint') }} as reasoning_tokens,
        {{ fact(entry, 'requests', 'bigint') }} as requests,
        {% for name in ['tool_units', 'credits', 'list_usd', 'billed_usd'] -%}
        {{ fact(entry, name, 'decimal(38, 12)') }}
            as {{ 'stated_' ~ name if name.endswith('_usd') else name }},
        {% endfor -%}
        page_number,
        coalesce({{ fact(entry, 'is_elsewhere', 'boolean') }}, false) as is_elsewhere,
        {{ fact(entry, 'usage_date', 'date') }} as usage_date,
        {{ fact(entry, 'used_at', 'timestamp') }} as used_hour_at,
        known_at
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}

),

{% endfor -%}
usage_reported as (

    {% for entry in entries -%}
    select * from reported_{{ loop.index }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from usage_reported
