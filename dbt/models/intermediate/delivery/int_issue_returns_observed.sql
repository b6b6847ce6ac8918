with

int_issue_statuses_entered as (

    select * from {{ ref('int_issue_statuses_entered') }}

),

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

followed as (

    select
        *,
        min(case when standard_status <> 'DONE' then entered_at end) over (
            partition by site, issue_id
            order by step
            rows between 1 following and unbounded following
        ) as left_at
    from int_issue_statuses_entered

),

done as (

    select
        followed.site,
        followed.issue_id,
        followed.step,
        followed.entered_at,
        {{ local_date('followed.entered_at', 'int_settings_resolved.time_zone') }}
            as done_date,
        coalesce(
            followed.left_at < followed.entered_at
            + int_settings_resolved.reopen_days * interval '1' day,
            false
        ) as is_returned,
        followed.entered_at + int_settings_resolved.reopen_days * interval '1' day
        <= int_settings_resolved.as_of_at as is_mature
    from followed
    inner join int_issues_timed
        on
            followed.site = int_issues_timed.site
            and followed.issue_id = int_issues_timed.issue_id
    cross join int_settings_resolved
    where
        followed.standard_status = 'DONE'
        and coalesce(followed.previous_status, '') <> 'DONE'
        and not int_issues_timed.is_undelivered

),

-- An issue counts once a quarter, whoever held it when it was done there first.
ordered as (

    select
        *,
        {{ quarter_start('done_date') }} as quarter_start,
        bool_or(is_returned) over (
            partition by site, issue_id, {{ quarter_start('done_date') }}
        ) as is_returned_in_quarter,
        bool_and(is_mature) over (
            partition by site, issue_id, {{ quarter_start('done_date') }}
        ) as is_mature_in_quarter,
        row_number() over (
            partition by site, issue_id, {{ quarter_start('done_date') }} order by step
        ) as place
    from done

),

issue_returns_observed as (

    select
        ---------- ids
        ordered.site,
        ordered.issue_id,
        int_issue_changes_spanned.value_id as account_id,

        ---------- booleans
        ordered.is_returned_in_quarter as is_returned,
        ordered.is_mature_in_quarter as is_mature,

        ---------- dates
        ordered.done_date,
        ordered.quarter_start

    from ordered
    left join int_issue_changes_spanned
        on
            ordered.site = int_issue_changes_spanned.site
            and ordered.issue_id = int_issue_changes_spanned.issue_id
            and int_issue_changes_spanned.field_id = 'assignee'
            and ordered.entered_at >= int_issue_changes_spanned.started_at
            and ordered.entered_at
            < coalesce(int_issue_changes_spanned.ended_at, {{ open_end() }})
    where ordered.place = 1

)

select * from issue_returns_observed
