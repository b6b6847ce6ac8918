with

source as (

    select * from {{ source('openai', 'usage') }}

),

typed as (

    select
        ---------- ids
        endpoint,
        project_id,
        user_id,
        api_key_id,
        model,
        service_tier,
        image_size,
        image_source,
        context_level,
        vector_store_id,
        pull_id,

        ---------- numerics
        input_tokens,
        input_cached_tokens,
        input_cache_write_tokens,
        input_uncached_tokens,
        output_tokens,
        num_model_requests,
        images,
        characters,
        seconds,
        usage_bytes,
        num_sessions,
        num_requests,
        page_number,

        ---------- booleans
        is_batch,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
