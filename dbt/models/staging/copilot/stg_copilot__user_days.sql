with

source as (

    select * from {{ source('copilot', 'user_days') }}

),

typed as (

    select
        ---------- ids
        organization_id,
        pull_id,

        ---------- strings
        user_login,

        ---------- numerics
        user_id,
        ai_credits_used,
        user_initiated_interaction_count,
        code_generation_activity_count,
        code_acceptance_activity_count,
        loc_suggested_to_add_sum,
        loc_added_sum,
        loc_deleted_sum,
        cli_session_count,
        cli_request_count,
        cli_prompt_count,
        cli_prompt_tokens,
        cli_output_tokens,
        app_request_count,
        app_prompt_tokens,
        app_output_tokens,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
