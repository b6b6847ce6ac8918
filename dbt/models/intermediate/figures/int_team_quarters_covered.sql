with

int_person_quarters_covered as (

    select * from {{ ref('int_person_quarters_covered') }}

),

-- A ratio of sums over the people whose quarter ended in the team.
shares as (

    select
        team,
        quarter_start,
        {{ share('sum(resolved_account_days_n)', 'sum(account_days_n)') }} as identity,
        {{ share('sum(feed_days_delivered_n)', 'sum(feed_days_expected_n)') }}
            as vendor_feed_days,
        cast(null as double) as seat_reconciliation,
        {{ share('sum(linked_changes_n)', 'sum(changes_n)') }} as outcome_link,
        {{ share('sum(calendar_days_n)', 'sum(employed_days_n)') }} as calendar,
        {{ share('sum(mature_items_n)', 'sum(items_n)') }} as maturity
    from int_person_quarters_covered
    group by team, quarter_start

),

team_quarters_covered as (

    select
        ---------- ids
        team,

        ---------- strings
        {{ weakest_component() }} as coverage_reason,

        ---------- numerics
        {{ weakest_share() }} as coverage,

        ---------- dates
        quarter_start

    from shares

)

select * from team_quarters_covered
