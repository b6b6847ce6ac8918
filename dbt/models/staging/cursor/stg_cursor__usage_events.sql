with

source as (

    select * from {{ source('cursor', 'usage_events') }}

),

typed as (

    select
        ---------- ids
        lower(trim(user_email)) as user_email,
        service_account_id,
        model,
        kind,
        pull_id,

        ---------- numerics
        request_units,
        input_tokens,
        output_tokens,
        cache_write_tokens,
        cache_read_tokens,
        model_cents,
        discount_percent,
        charged_cents,
        fee_cents,
        occurrence,
        page_number,

        ---------- booleans
        is_token_based,
        is_max_mode,
        is_headless,
        is_chargeable,
        is_free_bugbot,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(occurred_at as timestamp) as occurred_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
