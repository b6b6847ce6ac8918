with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

models_named as (

    select
        ---------- ids
        vendor,
        vendor_model,
        min(model) as model

    from int_usage_attributed
    group by vendor, vendor_model

)

select * from models_named
