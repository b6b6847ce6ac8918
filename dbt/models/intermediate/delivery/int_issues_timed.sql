with

int_issue_statuses_entered as (

    select * from {{ ref('int_issue_statuses_entered') }}

),

int_issue_changes_spanned as (

    select * from {{ ref('int_issue_changes_spanned') }}

),

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

entries as (

    select
        *,
        standard_status = 'DONE'
        and coalesce(previous_status, '') <> 'DONE' as is_done_entry,
        standard_status <> 'DONE'
        and coalesce(previous_status, '') = 'DONE' as is_done_exit,
        row_number() over (partition by site, issue_id order by step desc) as recency
    from int_issue_statuses_entered

),

turns as (

    select
        site,
        issue_id,
        min(case when standard_status = 'IN_PROGRESS' then entered_at end)
            as first_in_progress_at,
        min(case when standard_status = 'DONE' then entered_at end) as first_done_at,
        max(case when is_done_entry then entered_at end) as done_at,
        max(case when is_done_entry then step end) as done_step,
        max(case when is_done_exit then entered_at end) as left_done_at,
        max(case when is_done_exit then step end) as left_done_step,
        max(case when recency = 1 then status_id end) as last_status_id
    from entries
    group by site, issue_id

),

done_assignees as (

    select
        turns.site,
        turns.issue_id,
        int_issue_changes_spanned.value_id as account_id
    from turns
    inner join int_issue_changes_spanned
        on
            turns.site = int_issue_changes_spanned.site
            and turns.issue_id = int_issue_changes_spanned.issue_id
            and int_issue_changes_spanned.field_id = 'assignee'
            and turns.first_done_at >= int_issue_changes_spanned.started_at
            and turns.first_done_at
            < coalesce(int_issue_changes_spanned.ended_at, {{ open_end() }})

),

judged as (

    select
        turns.*,
        done_assignees.account_id as done_assignee_account_id,
        turns.left_done_step > turns.done_step as is_left,
        turns.done_at
        + int_settings_resolved.reopen_days * interval '1' day as matures_at,
        int_settings_resolved.as_of_at,
        int_settings_resolved.time_zone
    from turns
    left join done_assignees
        on
            turns.site = done_assignees.site
            and turns.issue_id = done_assignees.issue_id
    cross join int_settings_resolved

),

issues_timed as (

    select
        ---------- ids
        judged.site,
        judged.issue_id,
        judged.done_assignee_account_id,

        ---------- booleans
        {{ is_undelivered('stg_jira__issues.resolution_name') }} as is_undelivered,
        judged.done_at is not null
        and not coalesce(
            judged.is_left and judged.left_done_at < judged.matures_at, false
        )
            as is_finished,
        coalesce(judged.matures_at <= judged.as_of_at, false) as is_mature,
        coalesce(judged.last_status_id = stg_jira__issues.status_id, false)
            as is_path_complete,

        ---------- dates
        {{ local_date('judged.done_at', 'judged.time_zone') }} as done_date,

        ---------- timestamps
        judged.first_in_progress_at,
        judged.first_done_at,
        judged.done_at,
        case when judged.is_left then judged.left_done_at end as reopened_at

    from judged
    inner join stg_jira__issues
        on
            judged.site = stg_jira__issues.site
            and judged.issue_id = stg_jira__issues.issue_id

)

select * from issues_timed
