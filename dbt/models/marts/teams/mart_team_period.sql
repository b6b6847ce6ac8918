with

int_team_quarters_decided as (

    select * from {{ ref('int_team_quarters_decided') }}

),

reasoned as (

    select
        *,
        coalesce(withheld_reason, cost_withheld_reason) as cost_reason,
        coalesce(withheld_reason, delivered_withheld_reason) as delivered_reason,
        coalesce(withheld_reason, merged_withheld_reason) as merged_reason,
        coalesce(withheld_reason, linked_withheld_reason) as linked_reason,
        coalesce(withheld_reason, turnaround_withheld_reason) as turnaround_reason
    from int_team_quarters_decided

),

team_period as (

    select
        ---------- ids
        team,

        ---------- strings
        quarter_label,

        ---------- numerics
        cast(case when withheld_reason is null then people_n end as bigint) as people_n,
        cast(case when cost_reason is null then active_people_n end as bigint)
            as active_people_n,
        cast(case when withheld_reason is null then fte_days end as double) as fte_days,
        cast(
            case when cost_reason is null then {{ two_digits('list_cost_usd') }} end
            as decimal(38, 12)
        ) as list_cost_usd,
        cast(case when delivered_reason is null then delivered_n end as decimal(18, 6))
            as delivered_n,
        cast(case when merged_reason is null then merged_n end as decimal(18, 6))
            as merged_n,
        cast(case when linked_reason is null then linked_share end as double)
            as linked_share,
        cast(case when turnaround_reason is null then turnaround_hours end as double)
            as turnaround_hours,
        cast(coverage as double) as coverage,

        ---------- strings
        coverage_reason,
        case when withheld_reason is null then 'published' else 'withheld' end
            as status,
        withheld_reason,
        cost_reason as list_cost_withheld_reason,
        delivered_reason as delivered_withheld_reason,
        merged_reason as merged_withheld_reason,
        linked_reason as linked_withheld_reason,
        turnaround_reason as turnaround_withheld_reason,

        ---------- booleans
        is_complete_quarter,

        ---------- dates
        quarter_start

    from reasoned

)

select * from team_period
