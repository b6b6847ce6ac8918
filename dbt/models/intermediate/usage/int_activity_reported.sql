-- Signals that are no tokens; vendors count them differently, so none is ever summed
-- across vendors.
{% set entries = vendor_facts('activity') -%}
{% set counts = [
    'sessions', 'turns', 'prompts', 'suggestions_accepted', 'suggestions_rejected',
    'lines_added_ai', 'lines_removed_ai', 'commits_ai', 'pull_requests_ai',
    'active_seconds'
] -%}

with

activity as (

    {% for entry in entries -%}
    select
        '{{ entry.source }}' as source,
        coalesce({{ fact(entry, 'principal_type', 'string') }}, 'unknown')
            as principal_type,
        coalesce({{ fact(entry, 'principal_id', 'string') }}, '') as principal_id,
        {{ fact(entry, 'principal_email', 'string') }} as principal_email,
        coalesce({{ fact(entry, 'product', 'string') }}, 'not_reported') as product,
        {% for name in counts -%}
        {{ fact(entry, name, 'bigint') }} as {{ name }},
        {% endfor -%}
        {{ fact(entry, 'usage_date', 'date') }} as usage_date
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

activity_reported as (

    select
        ---------- ids
        source,
        principal_type,
        principal_id,
        product,

        ---------- strings
        max(principal_email) as principal_email,

        ---------- numerics
        {% for name in counts -%}
        cast(sum({{ name }}) as bigint) as {{ name }},
        {% endfor %}
        ---------- dates
        usage_date

    from activity
    group by source, principal_type, principal_id, product, usage_date

)

select * from activity_reported
