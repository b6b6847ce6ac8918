with

int_turnarounds_observed as (

    select * from {{ ref('int_turnarounds_observed') }}

),

int_deliverable_turnarounds_observed as (

    select * from {{ ref('int_deliverable_turnarounds_observed') }}

),

scoped as (

    select
        measure,
        'person' as scope,
        person_id as scope_id,
        quarter_start,
        waited_seconds,
        is_done
    from int_turnarounds_observed
    union all
    select
        measure,
        'team' as scope,
        team as scope_id,
        quarter_start,
        waited_seconds,
        is_done
    from int_turnarounds_observed
    union all
    select
        'deliverable' as measure,
        'person' as scope,
        person_id as scope_id,
        quarter_start,
        waited_seconds,
        is_done
    from int_deliverable_turnarounds_observed

),

by_time as (

    select
        measure,
        scope,
        scope_id,
        quarter_start,
        waited_seconds,
        count(case when is_done then 1 end) as done_n,
        count(*) as items_n
    from scoped
    group by measure, scope, scope_id, quarter_start, waited_seconds

),

at_risk as (

    select
        *,
        sum(items_n) over (
            partition by measure, scope, scope_id, quarter_start
            order by waited_seconds desc
            rows between unbounded preceding and current row
        ) as at_risk_n
    from by_time

),

-- Kaplan–Meier: the product of the shares that went on waiting, as a sum of logarithms.
survival as (

    select
        *,
        exp(sum(case
            when done_n = 0 then 0.0
            when done_n = at_risk_n then -700.0
            else ln(1 - cast(done_n as double) / at_risk_n)
        end) over (
            partition by measure, scope, scope_id, quarter_start
            order by waited_seconds
            rows between unbounded preceding and current row
        )) as waiting_share
    from at_risk

),

turnarounds_estimated as (

    select
        ---------- ids
        measure,
        scope,
        scope_id,

        ---------- numerics
        cast(sum(items_n) as bigint) as items_n,
        cast(sum(done_n) as bigint) as done_n,
        cast(sum(items_n - done_n) as bigint) as open_n,
        -- The tolerance is for logarithms: a half is a half on every engine.
        cast(
            min(case when waiting_share <= 0.5 + 1e-9 then waited_seconds end) as double
        )
        / 3600 as median_hours,

        ---------- dates
        quarter_start

    from survival
    group by measure, scope, scope_id, quarter_start

)

select * from turnarounds_estimated
