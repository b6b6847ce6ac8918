with

source as (

    select * from {{ source('anthropic_enterprise', 'user_cost') }}

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
        cost_type,
        token_type,
        pull_id,

        ---------- strings
        lower(trim(user_email)) as user_email,
        currency,

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
