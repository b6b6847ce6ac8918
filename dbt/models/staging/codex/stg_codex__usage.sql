with

source as (

    select * from {{ source('codex', 'usage') }}

),

typed as (

    select
        ---------- ids
        principal_type,
        principal_id,
        pull_id,

        ---------- strings
        lower(trim(principal_email)) as principal_email,

        ---------- numerics
        threads,
        turns,
        credits,
        uncached_text_input_tokens,
        cached_text_input_tokens,
        text_output_tokens,
        text_total_tokens,
        cost_usd,
        estimated_cost_usd,
        usd_per_credit,
        lines_added,
        lines_removed,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(started_at as timestamp) as started_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
