with

source as (

    select * from {{ source('anthropic', 'claude_code_models') }}

),

typed as (

    select
        ---------- ids
        actor_type,
        email_address,
        api_key_name,
        customer_type,
        subscription_type,
        terminal_type,
        model,
        pull_id,

        ---------- strings
        currency,

        ---------- numerics
        input_tokens,
        output_tokens,
        cache_read_tokens,
        cache_creation_tokens,
        estimated_cost_cents,
        page_number,

        ---------- booleans
        is_remote,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
