with

source as (

    select * from {{ source('files', 'costs') }}

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
        charge_category,
        charge_class,
        token_class,
        consumed_unit,
        billing_currency,

        ---------- numerics
        line,
        consumed_quantity,
        billed_cost,
        list_cost,
        contracted_cost,
        effective_cost,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
