with

stg_jira__issues as (

    select * from {{ ref('stg_jira__issues') }}

),

stg_jira__changelog_items as (

    select * from {{ ref('stg_jira__changelog_items') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

changes as (

    select
        site,
        issue_id,
        count(*) as changelog_items_n,
        count(case when coalesce(field_id, field) = 'status' then 1 end)
            as status_changes_n
    from stg_jira__changelog_items
    where removed_at is null
    group by site, issue_id

),

issues_described as (

    select
        ---------- ids
        stg_jira__issues.site,
        stg_jira__issues.issue_id,
        stg_jira__issues.issue_key,
        stg_jira__issues.project_id,
        stg_jira__issues.project_key,
        stg_jira__issues.status_id,
        stg_jira__issues.assignee_account_id,
        int_issues_timed.done_assignee_account_id,

        ---------- strings
        stg_jira__issues.issue_type_name,
        stg_jira__issues.status_name,
        {{ standard_status('stg_jira__issues.status_category_id') }} as standard_status,
        stg_jira__issues.resolution_name,

        ---------- numerics
        stg_jira__issues.story_points,
        {{ elapsed_seconds(
            'stg_jira__issues.created_at', 'stg_jira__issues.resolved_at'
        ) }} as lead_time_seconds,
        coalesce(changes.changelog_items_n, 0) as changelog_items_n,
        coalesce(changes.status_changes_n, 0) as status_changes_n,

        ---------- booleans
        stg_jira__issues.is_subtask,
        int_issues_timed.is_finished
        and not int_issues_timed.is_undelivered as is_delivered,
        int_issues_timed.is_mature,
        int_issues_timed.is_path_complete,

        ---------- dates
        int_issues_timed.done_date,

        ---------- timestamps
        stg_jira__issues.created_at,
        stg_jira__issues.resolved_at,
        int_issues_timed.first_in_progress_at,
        int_issues_timed.first_done_at,
        int_issues_timed.done_at,
        int_issues_timed.reopened_at

    from stg_jira__issues
    inner join int_issues_timed
        on
            stg_jira__issues.site = int_issues_timed.site
            and stg_jira__issues.issue_id = int_issues_timed.issue_id
    left join changes
        on
            stg_jira__issues.site = changes.site
            and stg_jira__issues.issue_id = changes.issue_id
    where stg_jira__issues.removed_at is null

)

select * from issues_described
