with

int_deliverable_statuses_entered as (

    select * from {{ ref('int_deliverable_statuses_entered') }}

),

turns as (

    select
        feed,
        site,
        issue_id,
        min(case when is_started then entered_at end) as first_started_at,
        min(case when is_delivered then entered_at end) as first_delivered_at,
        max(case when is_delivery then entered_at end) as last_delivered_at,
        bool_or(is_last and is_delivered) as is_delivered,
        count(case when is_return then 1 end) as returned_n,
        max(case when is_return then entered_at end) as last_returned_at
    from int_deliverable_statuses_entered
    group by feed, site, issue_id

),

deliverable_issues_timed as (

    select
        ---------- ids
        feed,
        site,
        issue_id,

        ---------- numerics
        returned_n,

        ---------- timestamps
        -- What starts only when it comes back is rework, and no start of the item.
        case
            when
                first_started_at
                <= coalesce(first_delivered_at, {{ open_end() }})
                then first_started_at
        end as started_at,
        case when is_delivered then last_delivered_at end as delivered_at,
        last_returned_at

    from turns

)

select * from deliverable_issues_timed
