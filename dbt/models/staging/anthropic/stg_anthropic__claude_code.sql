with

source as (

    select * from {{ source('anthropic', 'claude_code') }}

),

typed as (

    select
        ---------- ids
        actor_type,
        email_address,
        api_key_name,
        customer_type,
        subscription_type,
        terminal_type,
        pull_id,

        ---------- numerics
        num_sessions,
        lines_of_code_added,
        lines_of_code_removed,
        commits_by_claude_code,
        pull_requests_by_claude_code,
        edit_tool_accepted,
        edit_tool_rejected,
        multi_edit_tool_accepted,
        multi_edit_tool_rejected,
        notebook_edit_tool_accepted,
        notebook_edit_tool_rejected,
        write_tool_accepted,
        write_tool_rejected,
        page_number,

        ---------- booleans
        is_remote,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
