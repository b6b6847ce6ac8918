with

source as (

    select * from {{ source('anthropic', 'cost') }}

),

typed as (

    select
        ---------- ids
        principal_type,
        principal_id,
        model,
        service_tier,
        context_window,
        inference_geo,
        cost_type,
        token_type,
        pull_id,

        ---------- strings
        lower(trim(principal_email)) as principal_email,
        currency,
        endpoint,

        ---------- numerics
        amount_cents,
        list_amount_cents,
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
