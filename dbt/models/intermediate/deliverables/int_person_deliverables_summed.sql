with

int_deliverable_credits_shared as (

    select * from {{ ref('int_deliverable_credits_shared') }}

),

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

-- Whether an item came back may not be reported: then it is in no share.
person_deliverables_summed as (

    select
        ---------- ids
        int_deliverable_credits_shared.person_id,

        ---------- numerics
        cast(sum(int_deliverable_credits_shared.credit_millionths) as bigint)
            as delivered_millionths,
        count(*) as delivered_items_n,
        count(int_deliverables_collected.returned_n) as reported_items_n,
        count(case when int_deliverables_collected.returned_n > 0 then 1 end)
            as returned_items_n,

        ---------- dates
        int_deliverable_credits_shared.quarter_start

    from int_deliverable_credits_shared
    inner join int_deliverables_collected
        on
            int_deliverable_credits_shared.feed = int_deliverables_collected.feed
            and int_deliverable_credits_shared.item_id
            = int_deliverables_collected.item_id
    where int_deliverable_credits_shared.person_id is not null
    group by
        int_deliverable_credits_shared.person_id,
        int_deliverable_credits_shared.quarter_start

)

select * from person_deliverables_summed
