with

stg_people__locations as (

    select * from {{ ref('stg_people__locations') }}

),

stg_people__holidays as (

    select * from {{ ref('stg_people__holidays') }}

),

int_issue_holders_observed as (

    select * from {{ ref('int_issue_holders_observed') }}

),

int_pull_requests_observed as (

    select * from {{ ref('int_pull_requests_observed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

starts as (

    select min(first_in_progress_at) as started_at
    from int_issue_holders_observed
    union all
    select min(started_at) as started_at
    from int_pull_requests_observed

),

range_of_days as (

    select
        cast(min(starts.started_at) - interval '1' day as date) as first_day,
        cast(max(int_settings_resolved.as_of_at) + interval '1' day as date) as last_day
    from starts
    cross join int_settings_resolved

),

days as (

    select {{ each_day('first_day', 'last_day') }} as calendar_day
    from range_of_days

),

-- Outside what a calendar covers its weekend is known, and its holidays are not.
location_days as (

    select
        stg_people__locations.location,
        cast(days.calendar_day as date) as calendar_date,
        cast(round(
            1000000 * case
                when
                    ',' || replace(stg_people__locations.weekend_days, ' ', '') || ','
                    like '%,'
                    || cast(
                        {{ iso_weekday('cast(days.calendar_day as date)') }} as string
                    )
                    || ',%'
                    then 0
                else coalesce(stg_people__holidays.working_fraction, 1)
            end, 0
        ) as bigint) as working_millionths
    from stg_people__locations
    cross join days
    left join stg_people__holidays
        on
            stg_people__locations.location = stg_people__holidays.location
            and cast(days.calendar_day as date) = stg_people__holidays.holiday_date
            and stg_people__holidays.removed_at is null
    where stg_people__locations.removed_at is null

),

working_days_summed as (

    select
        ---------- ids
        location,

        ---------- numerics
        working_millionths,
        cast(
            sum(working_millionths) over (
                partition by location
                order by calendar_date
                rows between unbounded preceding and current row
            ) - working_millionths as bigint
        ) as worked_before_millionths,

        ---------- dates
        calendar_date

    from location_days

)

select * from working_days_summed
