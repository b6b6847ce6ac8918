with

source as (

    select * from {{ source('jira', 'issues') }}

),

typed as (

    select
        ---------- ids
        site,
        issue_id,
        project_id,
        issue_type_id,
        parent_issue_id,
        status_id,
        status_category_id,
        assignee_account_id,
        creator_account_id,
        pull_id,

        ---------- strings
        issue_key,
        project_key,
        issue_type_name,
        status_name,
        status_category_key,
        resolution_name,
        priority_name,
        sprint_ids,

        ---------- numerics
        story_points,
        comments_n,
        page_number,

        ---------- booleans
        is_subtask,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(updated_at as timestamp) as updated_at,
        cast(resolved_at as timestamp) as resolved_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
