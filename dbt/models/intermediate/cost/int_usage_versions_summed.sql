-- Usage as it was known at any time, for the vendors who send invoices.
{% set entries = vendor_facts('usage') -%}
{% set units = token_classes() + ['requests', 'credits'] -%}

with

stg_finance__invoice_lines as (

    select * from {{ ref('stg_finance__invoice_lines') }}

),

invoicing as (

    select distinct vendor
    from stg_finance__invoice_lines
    where removed_at is null

),

versioned as (

    {% for entry in entries -%}
    select
        '{{ entry.source }}' as source,
        '{{ entry.evidence }}' as evidence,
        {{ fact(entry, 'scope', 'string') }} as scope,
        coalesce({{ fact(entry, 'model', 'string') }}, 'not_reported') as vendor_model,
        coalesce({{ fact(entry, 'service_tier', 'string') }}, 'not_reported')
            as service_tier,
        {% for token_class in token_classes() -%}
        {{ fact(entry.get('tokens', {}), token_class, 'bigint') }} as {{ token_class }},
        {% endfor -%}
        {{ fact(entry, 'requests', 'bigint') }} as requests,
        {{ fact(entry, 'credits', 'decimal(38, 12)') }} as credits,
        coalesce({{ fact(entry, 'is_elsewhere', 'boolean') }}, false) as is_elsewhere,
        {{ fact(entry, 'usage_date', 'date') }} as usage_date,
        cast(known_at as timestamp) as known_at,
        cast(superseded_at as timestamp) as superseded_at
    from {{ versions(entry.source, entry.table) }}
    where {{ entry.get('where', 'true') }}
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
),

usage_versions_summed as (

    select
        ---------- ids
        versioned.source,
        versioned.scope,
        versioned.vendor_model,
        versioned.service_tier,

        ---------- strings
        versioned.evidence,

        ---------- numerics
        {% for unit in units -%}
        sum(versioned.{{ unit }}) as {{ unit }},
        {% endfor %}
        ---------- dates
        versioned.usage_date,

        ---------- timestamps
        versioned.known_at,
        versioned.superseded_at

    from versioned
    inner join invoicing
        on versioned.source = invoicing.vendor
    where not versioned.is_elsewhere
    group by
        versioned.source, versioned.scope, versioned.vendor_model,
        versioned.service_tier, versioned.evidence, versioned.usage_date,
        versioned.known_at, versioned.superseded_at

)

select * from usage_versions_summed
