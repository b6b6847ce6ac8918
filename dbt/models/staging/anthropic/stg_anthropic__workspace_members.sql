with

source as (

    select * from {{ source('anthropic', 'workspace_members') }}

),

typed as (

    select
        ---------- ids
        workspace_id,
        user_id,
        pull_id,

        ---------- strings
        workspace_role,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
