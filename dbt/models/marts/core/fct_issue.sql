with

int_issues_described as (

    select * from {{ ref('int_issues_described') }}

),

issue as (

    select
        ---------- ids
        site,
        issue_id,
        issue_key,
        project_id,
        project_key,
        status_id,
        assignee_account_id,
        done_assignee_account_id,

        ---------- strings
        issue_type_name,
        status_name,
        standard_status,
        resolution_name,

        ---------- numerics
        cast(story_points as double) as story_points,
        cast(floor(lead_time_seconds / 60) as bigint) as lead_time_minutes,
        cast(changelog_items_n as bigint) as changelog_items_n,
        cast(status_changes_n as bigint) as status_changes_n,

        ---------- booleans
        is_subtask,
        is_delivered,
        is_mature,
        is_path_complete,

        ---------- dates
        done_date,

        ---------- timestamps
        created_at,
        resolved_at,
        first_in_progress_at,
        first_done_at,
        done_at,
        reopened_at

    from int_issues_described

)

select * from issue
