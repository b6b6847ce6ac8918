with

source as (

    select * from {{ source('lingma', 'developer_usage') }}

),

typed as (

    select
        ---------- ids
        user_id,
        pull_id,

        ---------- numerics
        chat_turns,
        lines_suggested,
        lines_accepted,
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
