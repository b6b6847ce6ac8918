with

int_deliverable_credits_shared as (

    select * from {{ ref('int_deliverable_credits_shared') }}

),

int_deliverables_collected as (

    select * from {{ ref('int_deliverables_collected') }}

),

deliverable_credit as (

    select
        ---------- ids
        int_deliverable_credits_shared.feed,
        int_deliverable_credits_shared.item_id,
        int_deliverable_credits_shared.credit_holder,
        int_deliverable_credits_shared.person_id,

        ---------- strings
        int_deliverables_collected.source,
        int_deliverables_collected.item_kind,
        int_deliverables_collected.project,
        int_deliverable_credits_shared.team,
        case
            when int_deliverable_credits_shared.person_id is null then 'unattributed'
            else 'person'
        end as attribution,
        int_deliverable_credits_shared.reason,

        ---------- numerics
        cast(int_deliverable_credits_shared.credit_millionths as bigint)
            as credit_millionths,
        cast(int_deliverable_credits_shared.parties_n as bigint) as parties_n,
        cast(int_deliverables_collected.returned_n as bigint) as returned_n,

        ---------- dates
        int_deliverable_credits_shared.item_date,
        int_deliverable_credits_shared.quarter_start,

        ---------- timestamps
        int_deliverables_collected.started_at,
        int_deliverables_collected.delivered_at

    from int_deliverable_credits_shared
    inner join int_deliverables_collected
        on
            int_deliverable_credits_shared.feed = int_deliverables_collected.feed
            and int_deliverable_credits_shared.item_id
            = int_deliverables_collected.item_id

)

select * from deliverable_credit
