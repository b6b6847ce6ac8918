with

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

int_quarters_spanned as (

    select * from {{ ref('int_quarters_spanned') }}

),

delivered as (

    select
        site,
        issue_id,
        'delivered' as observation,
        {{ quarter_start('done_date') }} as quarter_start,
        done_date as observed_date,
        done_assignee_account_id as account_id,
        first_in_progress_at,
        done_at as observed_at
    from int_issues_timed
    where is_finished and not is_undelivered

),

-- Started and not done when the quarter closed: waiting work counts while it waits.
open_issues as (

    select
        int_issues_timed.site,
        int_issues_timed.issue_id,
        int_issues_timed.first_in_progress_at,
        int_quarters_spanned.quarter_start,
        int_quarters_spanned.closes_at,
        cast(int_quarters_spanned.observed_until - interval '1' day as date)
            as observed_date
    from int_issues_timed
    inner join int_quarters_spanned
        on
            int_issues_timed.first_in_progress_at < int_quarters_spanned.closes_at
            and (
                not int_issues_timed.is_finished
                or int_issues_timed.done_at >= int_quarters_spanned.closes_at
            )
    where not int_issues_timed.is_undelivered

),

held as (

    select
        open_issues.site,
        open_issues.issue_id,
        'open' as observation,
        open_issues.quarter_start,
        open_issues.observed_date,
        int_issue_changes_spanned.value_id as account_id,
        open_issues.first_in_progress_at,
        open_issues.closes_at as observed_at
    from open_issues
    left join int_issue_changes_spanned
        on
            open_issues.site = int_issue_changes_spanned.site
            and open_issues.issue_id = int_issue_changes_spanned.issue_id
            and int_issue_changes_spanned.field_id = 'assignee'
            and open_issues.closes_at > int_issue_changes_spanned.started_at
            and open_issues.closes_at
            <= coalesce(int_issue_changes_spanned.ended_at, {{ open_end() }})

),

issue_holders_observed as (

    select * from delivered
    union all
    select * from held

)

select * from issue_holders_observed
