with

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

int_sources_connected as (

    select * from {{ ref('int_sources_connected') }}

),

first_days as (

    select min(starts_on) as first_day
    from int_sources_connected
    where is_connected

),

range_of_days as (

    select
        int_settings_resolved.as_of_date,
        {{ quarter_start(
            'coalesce(least(int_settings_resolved.outcomes_start_date, first_days.first_day), '
            'int_settings_resolved.as_of_date)'
        ) }} as first_day,
        cast(
            {{ quarter_end(quarter_start('int_settings_resolved.as_of_date')) }}
            - interval '1' day as date
        )
            as last_day
    from int_settings_resolved
    cross join first_days

),

days as (

    select
        as_of_date,
        {{ each_day('first_day', 'last_day') }} as calendar_day
    from range_of_days

),

days_spanned as (

    select
        ---------- numerics
        cast({{ iso_weekday('cast(calendar_day as date)') }} as bigint) as iso_weekday,

        ---------- booleans
        cast(calendar_day as date) < as_of_date as is_past,

        ---------- dates
        cast(calendar_day as date) as calendar_date,
        {{ quarter_start('cast(calendar_day as date)') }} as quarter_start

    from days

)

select * from days_spanned
