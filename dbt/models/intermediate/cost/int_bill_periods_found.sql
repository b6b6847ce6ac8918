-- The periods that vendors bill, and how finely their bills tell usage apart.
with

int_bill_lines_converted as (

    select * from {{ ref('int_bill_lines_converted') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

-- Their money stands by row and not by class: classes cannot be compared.
stated_by_row as (

    select distinct vendor
    from int_usage_attributed
    where price_basis = 'in_vendor_list'

),

periods as (

    select
        vendor,
        period_start,
        period_end,
        max(bill_source) as bill_source,
        max(time_zone) as time_zone,
        min(issued_at) as issued_at,
        count(case when charge_kind = 'usage' then 1 end) as usage_lines_n,
        count(case when charge_kind = 'usage' then model end) as with_model_n,
        count(case when charge_kind = 'usage' then service_tier end) as with_tier_n,
        count(case when charge_kind = 'usage' then token_class end) as with_class_n,
        count(case when charge_kind = 'discount' then 1 end) as discount_lines_n,
        count(case when charge_kind = 'usage' then list_usd end) as with_list_n,
        count(distinct invoice_id) as invoices_n,
        count(*) as lines_n,
        count(case when is_unconverted then 1 end) as unconverted_lines_n
    from int_bill_lines_converted
    group by vendor, period_start, period_end

),

-- Periods whose usage another bill of the vendor holds.
billed_elsewhere as (

    select distinct
        periods.vendor,
        periods.period_start,
        periods.period_end
    from periods
    inner join periods as others
        on
            periods.vendor = others.vendor
            and periods.period_start < others.period_end
            and periods.period_end > others.period_start
            and periods.usage_lines_n = 0
            and others.usage_lines_n > 0

),

bill_periods_found as (

    select
        ---------- ids
        periods.vendor,

        ---------- strings
        periods.bill_source,
        periods.time_zone,

        ---------- numerics
        case when periods.bill_source = 'invoice' then periods.invoices_n else 0 end
            as invoices_n,
        periods.lines_n,
        periods.unconverted_lines_n,

        ---------- booleans
        periods.usage_lines_n > 0 and periods.with_model_n = periods.usage_lines_n
            as has_model,
        periods.usage_lines_n > 0 and periods.with_tier_n = periods.usage_lines_n
            as has_tier,
        periods.usage_lines_n > 0
        and periods.with_class_n = periods.usage_lines_n
        and stated_by_row.vendor is null as has_class,
        -- Then prices of the bill are list prices, and the rebate is a line.
        periods.discount_lines_n > 0 or periods.with_list_n > 0 as is_at_list,
        -- A bill of seats alone does not say that usage is free.
        periods.usage_lines_n > 0 or billed_elsewhere.vendor is null as is_of_usage,

        ---------- dates
        periods.period_start,
        periods.period_end,

        ---------- timestamps
        periods.issued_at

    from periods
    left join stated_by_row
        on periods.vendor = stated_by_row.vendor
    left join billed_elsewhere
        on
            periods.vendor = billed_elsewhere.vendor
            and periods.period_start = billed_elsewhere.period_start
            and periods.period_end = billed_elsewhere.period_end

)

select * from bill_periods_found
