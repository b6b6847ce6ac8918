-- Whose key it is, as the vendor's own directory says.
{% set entries = vendor_facts('keys') -%}

with

keys as (

    {% for entry in entries -%}
    select
        '{{ entry.source }}' as source,
        {{ fact(entry, 'key_id', 'string') }} as api_key_id,
        {{ fact(entry, 'key_name', 'string') }} as key_name,
        {{ fact(entry, 'owner_kind', 'string') }} as owner_kind,
        {{ fact(entry, 'owner_id', 'string') }} as owner_id
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

keys_listed as (

    select
        ---------- ids
        source,
        api_key_id,
        max(owner_id) as owner_id,

        ---------- strings
        max(key_name) as key_name,
        max(owner_kind) as owner_kind

    from keys
    where api_key_id is not null
    group by source, api_key_id

)

select * from keys_listed
