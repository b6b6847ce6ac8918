with

source as (

    select * from {{ source('windsurf', 'user_days') }}

),

typed as (

    select
        ---------- ids
        lower(trim(user_email)) as user_email,
        record,
        model,
        mode,
        pull_id,

        ---------- numerics
        conversations,
        messages_sent,
        prompts_used,
        lines_suggested,
        lines_accepted,
        usd_per_credit,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
