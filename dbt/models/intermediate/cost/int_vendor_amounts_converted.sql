-- Vendors' charges in dollars: as stated, or at the rate of their day.
with

int_vendor_costs_converted as (

    select * from {{ ref('int_vendor_costs_converted') }}

),

int_rates_spanned as (

    select * from {{ ref('int_rates_spanned') }}

),

dated as (

    select
        int_vendor_costs_converted.*,
        int_rates_spanned.usd_per_unit
    from int_vendor_costs_converted
    left join int_rates_spanned
        on
            int_vendor_costs_converted.currency = int_rates_spanned.currency
            and int_vendor_costs_converted.usage_date >= int_rates_spanned.valid_from
            and int_vendor_costs_converted.usage_date < int_rates_spanned.valid_to

),

converted as (

    select
        vendor,
        principal_type,
        principal_id,
        {{ cost_scope() | join(', ') }},
        token_class,
        charge_kind,
        coalesce(quantity_unit, 'not_reported') as quantity_unit,
        currency,
        usage_date,
        pull_id,
        page_number,
        quantity,
        coalesce(list_usd, {{ to_usd('amount_list', 'usd_per_unit') }}) as list_usd,
        coalesce(billed_usd, {{ to_usd('amount_billed', 'usd_per_unit') }})
            as billed_usd,
        is_to_allocate,
        is_total,
        usd_per_unit is null
        and coalesce(list_usd, billed_usd) is null
        and coalesce(amount_list, amount_billed) is not null as is_unconverted
    from dated

),

-- Rows that differ in nothing a reader knows of are one charge.
vendor_amounts_converted as (

    select
        ---------- ids
        vendor,
        principal_type,
        principal_id,
        {{ cost_scope() | join(', ') }},
        token_class,
        min(pull_id) as pull_id,

        ---------- strings
        charge_kind,
        quantity_unit,
        currency,

        ---------- numerics
        {% for amount in ['quantity', 'list_usd', 'billed_usd'] -%}
        case when count({{ amount }}) = count(*) then sum({{ amount }}) end
            as {{ amount }},
        {% endfor -%}
        min(page_number) as page_number,

        ---------- booleans
        is_to_allocate,
        is_total,
        bool_or(is_unconverted) as is_unconverted,

        ---------- dates
        usage_date

    from converted
    group by
        vendor, principal_type, principal_id, {{ cost_scope() | join(', ') }},
        token_class, charge_kind, quantity_unit, currency, is_to_allocate, is_total,
        usage_date

)

select * from vendor_amounts_converted
