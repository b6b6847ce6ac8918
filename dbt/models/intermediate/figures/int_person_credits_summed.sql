with

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

int_issue_weights_given as (

    select * from {{ ref('int_issue_weights_given') }}

),

weights as (

    select
        'issue' as item_kind,
        site || '/' || issue_id as item_id,
        weight_millionths
    from int_issue_weights_given

),

person_credits_summed as (

    select
        ---------- ids
        int_credits_shared.person_id,

        ---------- numerics
        cast(
            sum(case
                when int_credits_shared.item_kind = 'issue'
                    then int_credits_shared.credit_millionths
                else 0
            end) as bigint
        ) as delivered_millionths,
        cast(
            sum(case
                when int_credits_shared.item_kind = 'issue'
                    then
                        cast(int_credits_shared.credit_millionths as decimal(18, 0))
                        * cast(
                            coalesce(weights.weight_millionths, 1000000)
                            as decimal(18, 0)
                        )
                else 0
            end) as decimal(38, 0)
        ) as weighted_trillionths,
        cast(
            sum(case
                when int_credits_shared.item_kind = 'merged_change'
                    then int_credits_shared.credit_millionths
                else 0
            end) as bigint
        ) as merged_millionths,
        count(case when int_credits_shared.item_kind = 'issue' then 1 end)
            as delivered_items_n,
        count(case when int_credits_shared.item_kind = 'merged_change' then 1 end)
            as merged_items_n,
        count(case when int_credits_shared.is_mature then 1 end) as mature_items_n,

        ---------- dates
        int_credits_shared.quarter_start

    from int_credits_shared
    left join weights
        on
            int_credits_shared.item_kind = weights.item_kind
            and int_credits_shared.item_id = weights.item_id
    where
        int_credits_shared.person_id is not null
        and int_credits_shared.credit_rule = '{{ credit_rules()[0] }}'
    group by int_credits_shared.person_id, int_credits_shared.quarter_start

)

select * from person_credits_summed
