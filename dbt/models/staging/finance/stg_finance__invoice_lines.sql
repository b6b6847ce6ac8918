with

source as (

    select * from {{ source('finance', 'invoice_lines') }}

),

typed as (

    select
        ---------- ids
        vendor,
        invoice_id,
        pull_id,

        ---------- strings
        time_zone,
        charge_kind,
        model,
        service_tier,
        token_class,
        quantity_unit,
        currency,

        ---------- numerics
        line_number,
        quantity,
        unit_price,
        amount,
        page_number,

        ---------- dates
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,

        ---------- timestamps
        cast(issued_at as timestamp) as issued_at,
        cast(known_at as timestamp) as known_at,
        cast(removed_at as timestamp) as removed_at

    from source

)

select * from typed
