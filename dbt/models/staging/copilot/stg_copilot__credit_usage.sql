with

source as (

    select * from {{ source('copilot', 'credit_usage') }}

),

typed as (

    select
        ---------- ids
        user_login,
        product,
        sku,
        model,
        unit_type,
        pull_id,

        ---------- numerics
        user_id,
        price_per_unit,
        gross_quantity,
        discount_quantity,
        net_quantity,
        gross_amount,
        discount_amount,
        net_amount,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
