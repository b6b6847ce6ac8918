with

source as (

    select * from {{ source('receipts', 'receipts') }}

),

typed as (

    select
        ---------- ids
        file_name,
        principal_id,
        person_id,
        pull_id,

        ---------- strings
        receipt_reference,
        charge_kind,
        principal_type,
        lower(trim(person_email)) as person_email,
        tool,
        provider,
        model,
        currency,

        ---------- numerics
        line,
        amount,
        input_tokens,
        output_tokens,
        page_number,

        ---------- dates
        cast(charge_date as date) as charge_date,
        cast(approved_on as date) as approved_on,

        ---------- timestamps
        cast(known_at as timestamp) as known_at

    from source

)

select * from typed
