with

source as (

    select * from {{ source('copilot', 'seats') }}

),

typed as (

    select
        ---------- ids
        user_login,
        pull_id,

        ---------- strings
        account_type,
        plan_type,
        last_activity_editor,

        ---------- numerics
        unassigned_number,
        user_id,
        monthly_usd,
        page_number,

        ---------- dates
        cast(pending_cancellation_date as date) as pending_cancellation_date,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(last_activity_at as timestamp) as last_activity_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
