with

source as (

    select * from {{ source('openai', 'costs') }}

),

typed as (

    select
        ---------- ids
        project_id,
        line_item,
        api_key_id,
        currency,
        quantity_unit,
        pull_id,

        ---------- strings
        grouping,

        ---------- numerics
        amount,
        quantity,
        page_number,

        ---------- dates
        cast(usage_date as date) as usage_date,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
