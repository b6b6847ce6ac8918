with

source as (

    select * from {{ source('files', 'usage') }}

),

typed as (

    select
        ---------- ids
        set_name,
        file_name,
        principal_id,
        project_id,
        api_key_id,
        pull_id,

        ---------- strings
        file_format,
        scope,
        principal_type,
        lower(trim(principal_email)) as principal_email,
        provider,
        model,
        product,
        service_tier,
        region,
        tool_unit,
        currency,

        ---------- numerics
        line,
        input_uncached_tokens,
        cache_read_tokens,
        cache_write_5m_tokens,
        cache_write_1h_tokens,
        cache_write_unspecified_tokens,
        output_tokens,
        input_unspecified_tokens,
        requests,
        tool_units,
        list_amount,
        billed_amount,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
