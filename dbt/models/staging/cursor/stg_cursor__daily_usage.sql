with

source as (

    select * from {{ source('cursor', 'daily_usage') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- strings
        lower(trim(email)) as email,
        most_used_model,
        client_version,

        ---------- numerics
        lines_added,
        lines_deleted,
        accepted_lines_added,
        accepted_lines_deleted,
        applies,
        accepts,
        rejects,
        tabs_shown,
        tabs_accepted,
        composer_requests,
        chat_requests,
        agent_requests,
        cmdk_usages,
        bugbot_usages,
        subscription_included_requests,
        usage_based_requests,
        api_key_requests,
        page_number,

        ---------- booleans
        is_active,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
