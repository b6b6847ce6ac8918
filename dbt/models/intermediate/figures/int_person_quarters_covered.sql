with

int_person_quarters_spanned as (

    select * from {{ ref('int_person_quarters_spanned') }}

),

int_person_quarters_observed as (

    select * from {{ ref('int_person_quarters_observed') }}

),

int_person_credits_summed as (

    select * from {{ ref('int_person_credits_summed') }}

),

int_team_links_counted as (

    select * from {{ ref('int_team_links_counted') }}

),

counted as (

    select
        int_person_quarters_spanned.*,
        int_person_quarters_observed.resolved_account_days_n,
        int_person_quarters_observed.account_days_n,
        int_person_quarters_observed.feed_days_delivered_n,
        case
            when int_person_quarters_spanned.is_usage_connected
                then int_person_quarters_observed.feed_days_expected_n
            else 0
        end as feed_days_expected_n,
        coalesce(int_team_links_counted.linked_changes_n, 0) as linked_changes_n,
        case
            when
                int_person_quarters_spanned.is_issues_connected
                and int_person_quarters_spanned.is_code_connected
                then coalesce(int_team_links_counted.changes_n, 0)
            else 0
        end as changes_n,
        int_person_quarters_observed.calendar_days_n,
        int_person_quarters_observed.employed_days_n,
        coalesce(int_person_credits_summed.mature_items_n, 0) as mature_items_n,
        coalesce(
            int_person_credits_summed.delivered_items_n
            + int_person_credits_summed.merged_items_n, 0
        ) as items_n
    from int_person_quarters_spanned
    inner join int_person_quarters_observed
        on
            int_person_quarters_spanned.person_id
            = int_person_quarters_observed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_quarters_observed.quarter_start
    left join int_person_credits_summed
        on
            int_person_quarters_spanned.person_id = int_person_credits_summed.person_id
            and int_person_quarters_spanned.quarter_start
            = int_person_credits_summed.quarter_start
    left join int_team_links_counted
        on
            int_person_quarters_spanned.team = int_team_links_counted.team
            and int_person_quarters_spanned.quarter_start
            = int_team_links_counted.quarter_start

),

shares as (

    select
        *,
        {{ share('resolved_account_days_n', 'account_days_n') }} as identity,
        {{ share('feed_days_delivered_n', 'feed_days_expected_n') }}
            as vendor_feed_days,
        -- No connected vendor sells seats yet.
        cast(null as double) as seat_reconciliation,
        {{ share('linked_changes_n', 'changes_n') }} as outcome_link,
        {{ share('calendar_days_n', 'employed_days_n') }} as calendar,
        {{ share('mature_items_n', 'items_n') }} as maturity
    from counted

),

person_quarters_covered as (

    select
        ---------- ids
        person_id,
        team,

        ---------- strings
        {{ weakest_component() }} as coverage_reason,

        ---------- numerics
        {{ weakest_share() }} as coverage,
        resolved_account_days_n,
        account_days_n,
        feed_days_delivered_n,
        feed_days_expected_n,
        linked_changes_n,
        changes_n,
        calendar_days_n,
        employed_days_n,
        mature_items_n,
        items_n,

        ---------- dates
        quarter_start

    from shares

)

select * from person_quarters_covered
