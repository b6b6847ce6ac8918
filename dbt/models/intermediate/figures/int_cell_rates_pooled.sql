with

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

int_persons_spanned as (

    select * from {{ ref('int_persons_spanned') }}

),

worked as (

    select
        role,
        level,
        work_type,
        quarter_start,
        count(distinct person_id) as people_n,
        sum(fte_days) as fte_days
    from int_person_days_counted
    group by role, level, work_type, quarter_start

),

-- An item counts in the position that its person had on its day.
delivered as (

    select
        int_persons_spanned.role,
        int_persons_spanned.level,
        int_persons_spanned.work_type,
        int_credits_shared.quarter_start,
        sum(int_credits_shared.credit_millionths) as delivered_millionths
    from int_credits_shared
    inner join int_persons_spanned
        on
            int_credits_shared.person_id = int_persons_spanned.person_id
            and int_credits_shared.item_date >= int_persons_spanned.valid_from
            and int_credits_shared.item_date < int_persons_spanned.valid_to
    where
        int_credits_shared.item_kind = 'issue'
        and int_credits_shared.credit_rule = '{{ credit_rules()[0] }}'
    group by
        int_persons_spanned.role,
        int_persons_spanned.level,
        int_persons_spanned.work_type,
        int_credits_shared.quarter_start

),

cell_rates_pooled as (

    select
        ---------- strings
        worked.role,
        worked.level,
        worked.work_type,

        ---------- numerics
        worked.people_n,
        worked.fte_days,
        cast(coalesce(delivered.delivered_millionths, 0) as bigint)
            as delivered_millionths,
        {{ share(
            'coalesce(delivered.delivered_millionths, 0)', '1000000 * worked.fte_days'
        ) }} as items_per_day,

        ---------- dates
        worked.quarter_start

    from worked
    left join delivered
        on
            worked.role = delivered.role
            and worked.level = delivered.level
            and worked.work_type = delivered.work_type
            and worked.quarter_start = delivered.quarter_start
    where
        worked.role is not null
        and worked.level is not null
        and worked.work_type is not null

)

select * from cell_rates_pooled
