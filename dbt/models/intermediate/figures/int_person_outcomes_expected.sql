with

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

int_cell_rates_pooled as (

    select * from {{ ref('int_cell_rates_pooled') }}

),

exposures as (

    select
        person_id,
        role,
        level,
        work_type,
        quarter_start,
        sum(fte_days) as fte_days
    from int_person_days_counted
    group by person_id, role, level, work_type, quarter_start

),

-- Indirect standardisation: each position's rate times the days that were worked in it.
-- Of days without a position or a calendar nothing can be expected.
person_outcomes_expected as (

    select
        ---------- ids
        exposures.person_id,

        ---------- numerics
        count(*) as cells_n,
        case
            when count(int_cell_rates_pooled.items_per_day) = count(*)
                and count(exposures.fte_days) = count(*)
                then sum(
                    int_cell_rates_pooled.items_per_day
                    * cast(exposures.fte_days as double)
                )
        end as expected_items,

        ---------- dates
        exposures.quarter_start

    from exposures
    left join int_cell_rates_pooled
        on
            exposures.role = int_cell_rates_pooled.role
            and exposures.level = int_cell_rates_pooled.level
            and exposures.work_type = int_cell_rates_pooled.work_type
            and exposures.quarter_start = int_cell_rates_pooled.quarter_start
    group by exposures.person_id, exposures.quarter_start

)

select * from person_outcomes_expected
