with

source as (

    select * from {{ source('bedrock', 'invocations') }}

),

typed as (

    select
        ---------- ids
        request_id,
        principal_id,
        account_id,
        model_id,
        pull_id,

        ---------- strings
        principal_type,
        lower(trim(principal_email)) as principal_email,
        role_name,
        session_name,
        region,
        inference_region,
        operation,
        model,
        error_code,

        ---------- numerics
        input_tokens,
        cache_read_input_tokens,
        cache_write_input_tokens,
        output_tokens,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(invoked_at as timestamp) as invoked_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
