with

int_seats_held as (

    select * from {{ ref('int_seats_held') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_days_spanned as (

    select * from {{ ref('int_days_spanned') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

months as (

    select distinct {{ month_start('int_days_spanned.calendar_date') }} as month_start
    from int_days_spanned
    cross join int_settings_resolved
    where int_days_spanned.calendar_date <= int_settings_resolved.as_of_utc_date

),

held as (

    select
        int_seats_held.*,
        months.month_start
    from int_seats_held
    inner join months
        on
            coalesce(
                int_seats_held.assigned_on, cast(int_seats_held.known_at as date)
            ) < {{ month_end('months.month_start') }}
            and coalesce(int_seats_held.ends_on, {{ open_end() }}) >= months.month_start

),

-- Use by the account itself, or by its holder under another name.
used as (

    select distinct
        vendor,
        principal_type,
        principal_id,
        person_id,
        {{ month_start('usage_date') }} as month_start
    from int_usage_attributed
    where tokens > 0 or requests > 0 or credits > 0

),

by_account as (

    select distinct
        vendor,
        principal_type,
        principal_id,
        month_start
    from used

),

by_person as (

    select distinct
        vendor,
        person_id,
        month_start
    from used
    where person_id is not null

),

seats_used as (

    select
        ---------- ids
        held.vendor,
        held.account_kind,
        held.account_id,
        held.person_id,

        ---------- strings
        held.team,
        coalesce(held.plan, 'not_reported') as plan,

        ---------- numerics
        held.monthly_usd,

        ---------- booleans
        by_account.vendor is not null
        or by_person.vendor is not null
        or coalesce(
            {{ month_start('held.last_active_on') }} = held.month_start, false
        ) as is_active,

        ---------- dates
        held.month_start

    from held
    left join by_account
        on
            held.vendor = by_account.vendor
            and held.account_kind = by_account.principal_type
            and held.account_id = by_account.principal_id
            and held.month_start = by_account.month_start
    left join by_person
        on
            held.vendor = by_person.vendor
            and held.person_id = by_person.person_id
            and held.month_start = by_person.month_start

)

select * from seats_used
