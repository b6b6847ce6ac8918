with

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

int_days_spanned as (

    select * from {{ ref('int_days_spanned') }}

),

stg_people__locations as (

    select * from {{ ref('stg_people__locations') }}

),

stg_people__holidays as (

    select * from {{ ref('stg_people__holidays') }}

),

stg_people__absences as (

    select * from {{ ref('stg_people__absences') }}

),

person_days as (

    select
        int_persons_spanned.person_id,
        int_persons_spanned.record_person_id,
        int_persons_spanned.team,
        int_persons_spanned.role,
        int_persons_spanned.level,
        int_persons_spanned.work_type,
        int_persons_spanned.location,
        int_persons_spanned.publication_mode,
        int_persons_spanned.fte,
        int_days_spanned.calendar_date,
        int_days_spanned.quarter_start,
        int_days_spanned.iso_weekday
    from int_days_spanned
    inner join int_persons_spanned
        on
            int_days_spanned.calendar_date >= int_persons_spanned.valid_from
            and int_days_spanned.calendar_date < int_persons_spanned.valid_to
    where int_days_spanned.is_past

),

absent_days as (

    select
        person_days.person_id,
        person_days.calendar_date,
        least(sum(cast(stg_people__absences.absent_fraction as decimal(18, 6))), 1)
            as absent_fraction
    from stg_people__absences
    inner join person_days
        on
            stg_people__absences.person_id = person_days.record_person_id
            and stg_people__absences.valid_from <= person_days.calendar_date
            and (
                stg_people__absences.valid_to >= person_days.calendar_date
                or stg_people__absences.valid_to is null
            )
    where stg_people__absences.removed_at is null
    group by person_days.person_id, person_days.calendar_date

),

worked as (

    select
        person_days.person_id,
        person_days.team,
        person_days.role,
        person_days.level,
        person_days.work_type,
        person_days.publication_mode,
        person_days.calendar_date,
        person_days.quarter_start,
        coalesce(
            stg_people__locations.location is not null and person_days.fte is not null,
            false
        ) as is_calendar_known,
        case
            when
                ',' || replace(stg_people__locations.weekend_days, ' ', '') || ','
                like '%,' || cast(person_days.iso_weekday as string) || ',%'
                then 0
            else coalesce(stg_people__holidays.working_fraction, 1)
        end
        * person_days.fte
        * (1 - coalesce(absent_days.absent_fraction, 0)) as fte_days
    from person_days
    left join stg_people__locations
        on
            person_days.location = stg_people__locations.location
            and person_days.calendar_date >= stg_people__locations.known_from
            and person_days.calendar_date <= stg_people__locations.known_to
            and stg_people__locations.removed_at is null
    left join stg_people__holidays
        on
            person_days.location = stg_people__holidays.location
            and person_days.calendar_date = stg_people__holidays.holiday_date
            and stg_people__holidays.removed_at is null
    left join absent_days
        on
            person_days.person_id = absent_days.person_id
            and person_days.calendar_date = absent_days.calendar_date

),

person_days_counted as (

    select
        ---------- ids
        person_id,

        ---------- strings
        team,
        role,
        level,
        work_type,
        publication_mode,

        ---------- numerics
        -- Exact from here on: a sum of doubles would depend on its order.
        case when is_calendar_known then cast(round(fte_days, 6) as decimal(18, 6)) end
            as fte_days,

        ---------- booleans
        is_calendar_known,

        ---------- dates
        calendar_date,
        quarter_start

    from worked

)

select * from person_days_counted
