with

int_bill_periods_found as (

    select * from {{ ref('int_bill_periods_found') }}

),

int_bill_lines_converted as (

    select * from {{ ref('int_bill_lines_converted') }}

),

int_bill_variances_decomposed as (

    select * from {{ ref('int_bill_variances_decomposed') }}

),

int_vendor_amounts_converted as (

    select * from {{ ref('int_vendor_amounts_converted') }}

),

int_usage_days_missed as (

    select * from {{ ref('int_usage_days_missed') }}

),

bills as (

    select
        vendor,
        period_start,
        period_end,
        sum(billed_usd) as bill_usd
    from int_bill_lines_converted
    group by vendor, period_start, period_end

),

steps as (

    select
        vendor,
        period_start,
        period_end,
        {% for step in variance_steps() -%}
        sum({{ step }}_usd) as {{ step }}_usd,
        {% endfor -%}
        sum(list_usd) as list_usd
    from int_bill_variances_decomposed
    group by vendor, period_start, period_end

),

missing as (

    select
        int_bill_periods_found.vendor,
        int_bill_periods_found.period_start,
        int_bill_periods_found.period_end,
        count(distinct int_usage_days_missed.usage_date) as missing_days_n
    from int_bill_periods_found
    inner join int_usage_days_missed
        on
            int_bill_periods_found.vendor = int_usage_days_missed.vendor
            and int_bill_periods_found.period_start <= int_usage_days_missed.usage_date
            and int_bill_periods_found.period_end > int_usage_days_missed.usage_date
    group by
        int_bill_periods_found.vendor,
        int_bill_periods_found.period_start,
        int_bill_periods_found.period_end

),

unconverted as (

    select
        int_bill_periods_found.vendor,
        int_bill_periods_found.period_start,
        int_bill_periods_found.period_end,
        count(*) as unconverted_costs_n
    from int_bill_periods_found
    inner join int_vendor_amounts_converted
        on
            int_bill_periods_found.vendor = int_vendor_amounts_converted.vendor
            and int_bill_periods_found.period_start
            <= int_vendor_amounts_converted.usage_date
            and int_bill_periods_found.period_end
            > int_vendor_amounts_converted.usage_date
    where int_vendor_amounts_converted.is_unconverted
    group by
        int_bill_periods_found.vendor,
        int_bill_periods_found.period_start,
        int_bill_periods_found.period_end

),

cost_variance as (

    select
        ---------- ids
        periods.vendor,

        ---------- strings
        periods.bill_source,
        periods.time_zone,

        ---------- numerics
        cast(periods.invoices_n as bigint) as invoices_n,
        cast(periods.lines_n as bigint) as lines_n,
        cast(periods.unconverted_lines_n as bigint) as unconverted_lines_n,
        cast(coalesce(unconverted.unconverted_costs_n, 0) as bigint)
            as unconverted_costs_n,
        cast(coalesce(missing.missing_days_n, 0) as bigint) as missing_days_n,
        cast(coalesce(steps.list_usd, 0) as decimal(38, 12)) as list_cost_usd,
        {% for step in variance_steps() -%}
        cast(
            case
                when periods.unconverted_lines_n = 0
                    then coalesce(steps.{{ step }}_usd, 0)
            end as decimal(38, 12)
        ) as {{ step }}_usd,
        {% endfor -%}
        cast(
            case when periods.unconverted_lines_n = 0 then bills.bill_usd end
            as decimal(38, 12)
        ) as bill_usd,
        cast(
            case
                when periods.unconverted_lines_n = 0
                    then {{ usd_less('bills.bill_usd', 'coalesce(steps.list_usd, 0)') }}
            end as decimal(38, 12)
        ) as difference_usd,

        ---------- dates
        periods.period_start,
        periods.period_end

    from int_bill_periods_found as periods
    left join bills
        on
            periods.vendor = bills.vendor
            and periods.period_start = bills.period_start
            and periods.period_end = bills.period_end
    left join steps
        on
            periods.vendor = steps.vendor
            and periods.period_start = steps.period_start
            and periods.period_end = steps.period_end
    left join missing
        on
            periods.vendor = missing.vendor
            and periods.period_start = missing.period_start
            and periods.period_end = missing.period_end
    left join unconverted
        on
            periods.vendor = unconverted.vendor
            and periods.period_start = unconverted.period_start
            and periods.period_end = unconverted.period_end

)

select * from cost_variance
