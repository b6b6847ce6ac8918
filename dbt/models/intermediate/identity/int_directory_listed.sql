-- What e-mail and name each vendor's own directory gives for an account.
{% set entries = vendor_facts('accounts') -%}

with

directory as (

    {% for entry in entries -%}
    select
        '{{ entry.source }}' as source,
        {{ fact(entry, 'account_kind', 'string') }} as account_kind,
        {{ fact(entry, 'account_id', 'string') }} as account_id,
        {{ fact(entry, 'email', 'string') }} as email,
        {{ fact(entry, 'account_name', 'string') }} as account_name,
        known_at
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

directory_listed as (

    select
        ---------- ids
        source,
        account_kind,
        account_id,

        ---------- strings
        max(lower(trim(email))) as email,
        max(account_name) as account_name

    from directory
    where account_id is not null
    group by source, account_kind, account_id

)

select * from directory_listed
