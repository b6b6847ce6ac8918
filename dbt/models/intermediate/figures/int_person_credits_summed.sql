with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

person_credits_summed as (

    select
        ---------- ids
        person_id,

        ---------- numerics
        cast(
            sum(
                case when item_kind = 'issue' then credit_millionths else 0 end
            ) as bigint
        )
            as delivered_millionths,
        cast(
            sum(
                case when item_kind = 'merged_change' then credit_millionths else 0 end
            ) as bigint
        )
            as merged_millionths,
        count(case when item_kind = 'issue' then 1 end) as delivered_items_n,
        count(case when item_kind = 'merged_change' then 1 end) as merged_items_n,
        count(case when is_mature then 1 end) as mature_items_n,

        ---------- dates
        quarter_start

    from int_credits_shared
    where person_id is not null
    group by person_id, quarter_start

)

select * from person_credits_summed
