with

source as (

    select * from {{ source('cursor', 'ai_code_commits') }}

),

typed as (

    select
        ---------- ids
        commit_hash,
        repo_name,
        branch_name,
        user_id,
        lower(trim(user_email)) as user_email,
        pull_id,

        ---------- strings
        commit_source,

        ---------- numerics
        total_lines_added,
        total_lines_deleted,
        tab_lines_added,
        tab_lines_deleted,
        composer_lines_added,
        composer_lines_deleted,
        non_ai_lines_added,
        non_ai_lines_deleted,
        page_number,

        ---------- booleans
        is_primary_branch,

        ---------- dates
        cast(commit_date as date) as commit_date,

        ---------- timestamps
        cast(committed_at as timestamp) as committed_at,
        cast(created_at as timestamp) as created_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
