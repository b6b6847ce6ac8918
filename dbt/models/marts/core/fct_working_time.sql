with

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

working_time as (

    select
        ---------- ids
        person_id,
        team,
        role,
        level,
        work_type,

        ---------- numerics
        cast(sum(fte_days) as decimal(18, 6)) as fte_days,
        cast(count(*) as bigint) as employed_days_n,
        cast(count(case when is_calendar_known then 1 end) as bigint)
            as calendar_days_n,

        ---------- dates
        cast(date_trunc('month', calendar_date) as date) as month_start,
        quarter_start

    from int_person_days_counted
    group by
        person_id,
        team,
        role,
        level,
        work_type,
        cast(date_trunc('month', calendar_date) as date),
        quarter_start

)

select * from working_time
