-- Every vendor's own cost rows, by the tables of facts in macros/vendors.
{% set entries = vendor_facts('cost') -%}

with

{% for entry in entries -%}
charged_{{ loop.index }} as (

    select
        '{{ entry.source }}' as vendor,
        coalesce({{ fact(entry, 'principal_type', 'string') }}, 'unknown')
            as principal_type,
        coalesce({{ fact(entry, 'principal_id', 'string') }}, '') as principal_id,
        {% for name in [
            'model', 'product', 'service_tier', 'context_window', 'region',
            'project_id', 'api_key_id'
        ] -%}
        coalesce({{ fact(entry, name, 'string') }}, 'not_reported')
            as {{ 'vendor_model' if name == 'model' else name }},
        {% endfor -%}
        coalesce({{ fact(entry, 'token_class', 'string') }}, 'none') as token_class,
        pull_id,
        coalesce({{ fact(entry, 'charge_kind', 'string') }}, 'usage') as charge_kind,
        {{ fact(entry, 'quantity_unit', 'string') }} as quantity_unit,
        upper(coalesce({{ fact(entry, 'currency', 'string') }}, 'USD')) as currency,
        {% for name in [
            'quantity', 'list_usd', 'billed_usd', 'amount_list', 'amount_billed'
        ] -%}
        {{ fact(entry, name, 'decimal(38, 12)') }} as {{ name }},
        {% endfor -%}
        page_number,
        coalesce({{ fact(entry, 'allocate', 'boolean') }}, false) as is_to_allocate,
        {{ 'false' if entry.get('is_partial') else 'true' }} as is_total,
        {{ fact(entry, 'usage_date', 'date') }} as usage_date
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}

),

{% endfor -%}
vendor_costs_converted as (

    {% for entry in entries -%}
    select * from charged_{{ loop.index }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from vendor_costs_converted
