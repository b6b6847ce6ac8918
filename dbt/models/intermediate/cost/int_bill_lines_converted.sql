-- What is billed, in dollars: an invoice's lines; where there is no invoice for a month
-- that is over, the vendor's own cost report stands for it.
with

stg_finance__invoice_lines as (

    select * from {{ ref('stg_finance__invoice_lines') }}

),

int_rates_spanned as (

    select * from {{ ref('int_rates_spanned') }}

),

int_vendor_amounts_converted as (

    select * from {{ ref('int_vendor_amounts_converted') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

invoiced as (

    select
        *,
        upper(trim(coalesce(currency, 'USD'))) as currency_code,
        lower(charge_kind) as kind,
        -- An invoice is converted at the rate of the day it is issued.
        coalesce(cast(issued_at as date), period_end) as rate_date
    from stg_finance__invoice_lines
    where removed_at is null

),

invoice_lines as (

    select
        invoiced.vendor,
        'invoice' as bill_source,
        invoiced.invoice_id,
        cast(invoiced.line_number as string) as line_id,
        invoiced.kind,
        nullif(trim(invoiced.model), '') as model,
        nullif(trim(invoiced.service_tier), '') as service_tier,
        nullif(trim(invoiced.token_class), '') as token_class,
        coalesce(nullif(trim(invoiced.time_zone), ''), 'UTC') as time_zone,
        case
            when
                invoiced.kind = 'usage'
                and invoiced.quantity is not null
                and invoiced.unit_price is not null
                then {{ counted_unit('invoiced.quantity_unit') }}
        end as counted_in,
        {{ whole_units('invoiced.quantity', 'invoiced.quantity_unit') }} as units,
        {{ to_usd('invoiced.amount', 'int_rates_spanned.usd_per_unit') }} as billed_usd,
        {{ to_usd(
            'cast(invoiced.quantity as decimal(20, 6)) '
            '* cast(invoiced.unit_price as decimal(17, 12))',
            'int_rates_spanned.usd_per_unit'
        ) }} as priced_usd,
        cast(null as decimal(38, 12)) as list_usd,
        int_rates_spanned.usd_per_unit is null as is_unconverted,
        invoiced.period_start,
        invoiced.period_end,
        invoiced.issued_at
    from invoiced
    left join int_rates_spanned
        on
            invoiced.currency_code = int_rates_spanned.currency
            and invoiced.rate_date >= int_rates_spanned.valid_from
            and invoiced.rate_date < int_rates_spanned.valid_to

),

invoice_periods as (

    select distinct
        vendor,
        period_start,
        period_end
    from invoice_lines

),

reported as (

    select
        vendor,
        {{ month_start('usage_date') }} as period_start,
        vendor_model,
        service_tier,
        token_class,
        charge_kind,
        max(quantity_unit) as quantity_unit,
        sum(coalesce(billed_usd, list_usd)) as billed_usd,
        case when count(list_usd) = count(*) then sum(list_usd) end as list_usd,
        case when count(quantity) = count(*) then sum(quantity) end as quantity,
        max(case when is_unconverted then 1 else 0 end) as unconverted
    from int_vendor_amounts_converted
    where is_total
    group by
        vendor, {{ month_start('usage_date') }}, vendor_model, service_tier,
        token_class, charge_kind

),

report_lines as (

    select
        reported.vendor,
        'vendor_report' as bill_source,
        'none' as invoice_id,
        concat_ws(
            '|', reported.vendor_model, reported.service_tier, reported.token_class,
            reported.charge_kind
        ) as line_id,
        reported.charge_kind as kind,
        {{ said('reported.vendor_model') }} as model,
        reported.service_tier,
        {{ said('reported.token_class') }} as token_class,
        'UTC' as time_zone,
        case
            when reported.charge_kind = 'usage' and reported.quantity is not null
                then {{ counted_unit('reported.quantity_unit') }}
        end as counted_in,
        {{ whole_units('reported.quantity', 'reported.quantity_unit') }} as units,
        reported.billed_usd,
        coalesce(reported.list_usd, reported.billed_usd) as priced_usd,
        reported.list_usd,
        reported.unconverted = 1 as is_unconverted,
        reported.period_start,
        {{ month_end('reported.period_start') }} as period_end,
        cast(null as timestamp) as issued_at
    from reported
    cross join int_settings_resolved
    left join invoice_periods
        on
            reported.vendor = invoice_periods.vendor
            and reported.period_start < invoice_periods.period_end
            and {{ month_end('reported.period_start') }} > invoice_periods.period_start
    where
        invoice_periods.vendor is null
        and {{ month_end('reported.period_start') }}
        <= int_settings_resolved.as_of_utc_date

),

unioned as (

    select * from invoice_lines
    union all
    select * from report_lines

),

bill_lines_converted as (

    select
        ---------- ids
        vendor,
        invoice_id,
        line_id,
        model,
        service_tier,
        token_class,

        ---------- strings
        bill_source,
        kind as charge_kind,
        time_zone,
        counted_in,

        ---------- numerics
        case when counted_in is not null then units end as units,
        cast(billed_usd as decimal(38, 12)) as billed_usd,
        cast(priced_usd as decimal(38, 12)) as priced_usd,
        cast(list_usd as decimal(38, 12)) as list_usd,

        ---------- booleans
        is_unconverted,

        ---------- dates
        period_start,
        period_end,

        ---------- timestamps
        issued_at

    from unioned

)

select * from bill_lines_converted
