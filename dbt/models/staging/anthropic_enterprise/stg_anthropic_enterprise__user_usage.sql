with

source as (

    select * from {{ source('anthropic_enterprise', 'user_usage') }}

),

typed as (

    select
        ---------- ids
        actor_type,
        user_id,
        product,
        model,
        context_window,
        inference_geo,
        pull_id,

        ---------- strings
        lower(trim(user_email)) as user_email,

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
