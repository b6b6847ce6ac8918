with

source as (

    select * from {{ source('openai', 'api_keys') }}

),

typed as (

    select
        ---------- ids
        api_key_id,
        project_id,
        owner_id,
        pull_id,

        ---------- strings
        key_name,
        owner_type,
        lower(trim(owner_email)) as owner_email,

        ---------- numerics
        page_number,

        ---------- timestamps
        cast(created_at as timestamp) as created_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
