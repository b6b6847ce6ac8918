with

source as (

    select * from {{ source('anthropic', 'usage_by_key') }}

),

typed as (

    select
        ---------- ids
        principal_type,
        principal_id,
        model,
        product,
        workspace_id,
        api_key_id,
        pull_id,

        ---------- strings
        lower(trim(principal_email)) as principal_email,
        endpoint,

        ---------- numerics
        uncached_input_tokens,
        cache_read_input_tokens,
        cache_creation_5m_input_tokens,
        cache_creation_1h_input_tokens,
        output_tokens,
        total_tokens,
        requests,
        web_search_requests,
        page_number,

        ---------- booleans
        is_deleted_user,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
