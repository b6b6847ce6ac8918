with

source as (

    select * from {{ source('anthropic_enterprise', 'user_activity') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- strings
        lower(trim(user_email)) as user_email,

        ---------- numerics
        chat_conversations,
        chat_messages,
        cowork_sessions,
        cowork_messages,
        code_sessions,
        code_commits,
        code_pull_requests,
        code_lines_added,
        code_lines_removed,
        edit_tool_accepted,
        edit_tool_rejected,
        multi_edit_tool_accepted,
        multi_edit_tool_rejected,
        notebook_edit_tool_accepted,
        notebook_edit_tool_rejected,
        write_tool_accepted,
        write_tool_rejected,
        web_searches,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
