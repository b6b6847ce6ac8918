with

stg_finance__exchange_rates as (

    select * from {{ ref('stg_finance__exchange_rates') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

followed as (

    select
        upper(trim(currency)) as currency,
        rate_source,
        usd_per_unit,
        rate_date,
        lead(rate_date) over (
            partition by upper(trim(currency)) order by rate_date
        ) as next_date
    from stg_finance__exchange_rates
    where removed_at is null and upper(trim(currency)) <> 'USD'

),

-- A rate holds until the next one, and for a week at most: then a rate is missing.
rates_spanned as (

    select
        ---------- ids
        currency,

        ---------- strings
        rate_source,

        ---------- numerics
        cast(usd_per_unit as decimal(15, 12)) as usd_per_unit,

        ---------- dates
        rate_date as valid_from,
        least(
            coalesce(next_date, {{ open_end() }}),
            cast(rate_date + interval '8' day as date)
        ) as valid_to

    from followed
    union all
    select
        'USD' as currency,
        'by definition' as rate_source,
        cast(1 as decimal(15, 12)) as usd_per_unit,
        cast('1970-01-01' as date) as valid_from,
        {{ open_end() }} as valid_to
    from int_settings_resolved

)

select * from rates_spanned
