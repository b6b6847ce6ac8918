with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

int_changes_reverted as (

    select * from {{ ref('int_changes_reverted') }}

),

int_changes_assisted as (

    select * from {{ ref('int_changes_assisted') }}

),

int_changes_rewritten as (

    select * from {{ ref('int_changes_rewritten') }}

),

credited as (

    select
        person_id,
        quarter_start,
        item_id as change_id,
        is_mature,
        cast(credit_millionths as decimal(18, 0)) as credit_millionths
    from int_credits_shared
    where
        item_kind = 'merged_change'
        and person_id is not null
        and credit_rule = '{{ credit_rules()[0] }}'

),

person_changes_followed as (

    select
        ---------- ids
        credited.person_id,

        ---------- numerics
        count(case when credited.is_mature then 1 end) as mature_changes_n,
        count(case
            when credited.is_mature and int_changes_reverted.change_id is not null
                then 1
        end) as reverted_n,
        count(case when int_changes_assisted.is_seen then 1 end) as seen_changes_n,
        count(case when int_changes_assisted.is_assisted then 1 end) as assisted_n,
        -- Pooled over lines: how work was cut into changes changes nothing.
        count(case when int_changes_rewritten.is_rework_known then 1 end)
            as rework_changes_n,
        {% for lines in ['written', 'rewritten_own', 'rewritten_others'] -%}
        cast(coalesce(sum(case
            when int_changes_rewritten.is_rework_known
                then
                    credited.credit_millionths
                    * cast(int_changes_rewritten.{{ lines }}_lines as decimal(18, 0))
        end), 0) as decimal(38, 0)) as {{ lines }}_line_millionths,
        {% endfor %}

        ---------- dates
        credited.quarter_start

    from credited
    left join int_changes_reverted
        on credited.change_id = int_changes_reverted.change_id
    left join int_changes_rewritten
        on credited.change_id = int_changes_rewritten.change_id
    left join int_changes_assisted
        on credited.change_id = int_changes_assisted.change_id
    group by credited.person_id, credited.quarter_start

)

select * from person_changes_followed
