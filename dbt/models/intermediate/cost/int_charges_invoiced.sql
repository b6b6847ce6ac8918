-- The invoice that a charge is on, where only one can be meant.
with

int_charges_collected as (

    select * from {{ ref('int_charges_collected') }}

),

int_bill_lines_converted as (

    select * from {{ ref('int_bill_lines_converted') }}

),

invoices as (

    select distinct
        vendor,
        invoice_id,
        charge_kind,
        period_start,
        period_end
    from int_bill_lines_converted
    where bill_source = 'invoice'

),

charges as (

    select
        charge_id,
        vendor,
        case when charge_kind = 'tokens' then 'usage' else charge_kind end
            as billed_kind,
        starts_on
    from int_charges_collected

),

charges_invoiced as (

    select
        ---------- ids
        charges.charge_id,
        min(invoices.invoice_id) as invoice_id

    from charges
    inner join invoices
        on
            charges.vendor = invoices.vendor
            and charges.billed_kind = invoices.charge_kind
            and charges.starts_on >= invoices.period_start
            and charges.starts_on < invoices.period_end
    group by charges.charge_id
    having count(distinct invoices.invoice_id) = 1

)

select * from charges_invoiced
