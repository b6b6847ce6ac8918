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
        cast(sum(fte_days) as double) as fte_days
    from int_person_days_counted
    group by person_id, role, level, work_type, quarter_start

),

-- Indirect standardisation: each position's rate times the days that were worked in it.
-- Of days without a position or a calendar nothing can be expected.
expectations as (

    select
        exposures.person_id,
        exposures.quarter_start,
        int_cell_rates_pooled.items_per_day * exposures.fte_days as expected_items
    from exposures
    left join int_cell_rates_pooled
        on
            exposures.role = int_cell_rates_pooled.role
            and exposures.level = int_cell_rates_pooled.level
            and exposures.work_type = int_cell_rates_pooled.work_type
            and exposures.quarter_start = int_cell_rates_pooled.quarter_start

),

person_outcomes_expected as (

    select
        ---------- ids
        person_id,

        ---------- numerics
        count(*) as cells_n,
        case when count(expected_items) = count(*) then sum(expected_items) end
            as expected_items,

        ---------- dates
        quarter_start

    from expectations
    group by person_id, quarter_start

)

select * from person_outcomes_expected
