with

source as (

    select * from {{ source('anthropic', 'api_keys') }}

),

typed as (

    select
        ---------- ids
        api_key_id,
        created_by_id,
        principal_id,
        workspace_id,
        pull_id,

        ---------- strings
        key_name,
        status,
        created_by_type,
        principal_type,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(expires_at as timestamp) as expires_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
