with

source as (

    select * from {{ source('qoder', 'usage_events') }}

),

typed as (

    select
        ---------- ids
        user_id,
        usage_source,
        operation,
        model_tier,
        pull_id,

        ---------- strings
        lower(trim(user_email)) as user_email,

        ---------- numerics
        occurrence,
        credits,
        vendor_cost,
        usd_per_credit,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(used_at as timestamp) as used_at,
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
