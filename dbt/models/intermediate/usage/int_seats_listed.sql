-- Who holds a paid seat, as each vendor lists it.
{% set entries = vendor_facts('seats') -%}

with

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

seats as (

    {% for entry in entries -%}
    select
        '{{ entry.source }}' as source,
        coalesce({{ fact(entry, 'account_kind', 'string') }}, 'user') as account_kind,
        {{ fact(entry, 'account_id', 'string') }} as account_id,
        lower(trim({{ fact(entry, 'email', 'string') }})) as email,
        {{ fact(entry, 'plan', 'string') }} as plan,
        {{ fact(entry, 'monthly_usd', 'decimal(38, 12)') }} as monthly_usd,
        {{ fact(entry, 'assigned_on', 'date') }} as assigned_on,
        {{ fact(entry, 'last_active_on', 'date') }} as last_active_on,
        {{ fact(entry, 'ends_on', 'date') }} as ends_on,
        known_at
    from {{ ref('stg_' ~ entry.source ~ '__' ~ entry.table) }}
    where {{ entry.get('where', 'true') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

seats_listed as (

    select
        ---------- ids
        seats.source,
        seats.account_kind,
        seats.account_id,

        ---------- strings
        seats.email,
        seats.plan,

        ---------- numerics
        seats.monthly_usd,

        ---------- dates
        seats.assigned_on,
        seats.last_active_on,
        seats.ends_on,
        -- The seat is its holder's of the day of the build, or of its last day.
        least(
            coalesce(seats.ends_on, int_settings_resolved.as_of_utc_date),
            int_settings_resolved.as_of_utc_date
        ) as listed_date,

        ---------- timestamps
        seats.known_at

    from seats
    cross join int_settings_resolved
    where seats.account_id is not null

)

select * from seats_listed
