-- A bill's lines, our own usage and what did not arrive, side by side by cell.
{% set amounts = [
    'line_units', 'line_priced_pico', 'line_counted_pico', 'uncounted_pico',
    'stated_discount_pico', 'daily_pico', 'list_pico', 'contracted_pico'
] -%}
{% set units = ['tokens', 'requests', 'credits'] -%}
{% set sides = ['priced', 'unpriced', 'moved', 'revised'] -%}
{% set parts = {
    'line_cells': {
        'counted_in': 'counted_in',
        'lines_n': 1,
        'line_units': 'case when counted_in is not null then units else 0 end',
        'line_priced_pico': 'case when counted_in is not null then priced_pico else 0 end',
        'line_counted_pico':
            'case when counted_in is not null then counted_pico else 0 end',
        'uncounted_pico': 'case
            when counted_in is not null then coalesce(uncounted_pico, 0)
            else amount_pico
        end',
        'stated_discount_pico': 'stated_discount_pico',
    },
    'int_bill_quantities_measured': {
        'list_pico': usd_to_pico('list_usd'),
        'contracted_pico': usd_to_pico('contracted_usd'),
        'has_sides': true,
    },
    'missing_costs': {'daily_pico': 'daily_pico'},
} -%}

with

bill_periods as (

    select * from {{ ref('int_bill_periods_found') }}

),

int_bill_lines_converted as (

    select * from {{ ref('int_bill_lines_converted') }}

),

int_bill_quantities_measured as (

    select * from {{ ref('int_bill_quantities_measured') }}

),

int_vendor_amounts_converted as (

    select * from {{ ref('int_vendor_amounts_converted') }}

),

missing_days as (

    select * from {{ ref('int_usage_days_missed') }}

),

model_names as (

    select * from {{ ref('int_models_named') }}

),

usage_lines as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        {{ bill_cell(
            'coalesce(model_names.model, lines.model)', 'lines.service_tier',
            'lines.token_class'
        ) }},
        lines.counted_in,
        lines.units,
        {{ usd_to_pico('lines.priced_usd') }} as priced_pico,
        {{ usd_to_pico(
            "case when lines.bill_source = 'invoice' then lines.billed_usd "
            "else lines.priced_usd end"
        ) }} as amount_pico,
        {{ usd_to_pico('lines.billed_usd') }} as billed_pico
    from bill_periods
    inner join int_bill_lines_converted as lines
        on
            bill_periods.vendor = lines.vendor
            and bill_periods.period_start = lines.period_start
            and bill_periods.period_end = lines.period_end
    left join model_names
        on
            lines.vendor = model_names.vendor
            and lines.model = model_names.vendor_model
    where lines.charge_kind = 'usage'

),

-- A cell is counted in one unit, or only its amount can be compared.
line_cells as (

    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        case
            when count(distinct counted_in) = 1 and sum(units) > 0 then max(counted_in)
        end as counted_in,
        sum(units) as units,
        sum(case when counted_in is not null then priced_pico end) as priced_pico,
        sum(case when counted_in is not null then amount_pico end) as counted_pico,
        sum(case when counted_in is null then amount_pico end) as uncounted_pico,
        sum(amount_pico) as amount_pico,
        sum(billed_pico - amount_pico) as stated_discount_pico
    from usage_lines
    group by vendor, period_start, period_end, model, service_tier, token_class

),

-- What the vendor says that the days cost which did not arrive.
missing_costs as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        {{ bill_cell(
            'coalesce(model_names.model, costs.vendor_model)', 'costs.service_tier',
            'costs.token_class'
        ) }},
        {{ usd_to_pico(
            'case when bill_periods.is_at_list then '
            'coalesce(costs.list_usd, costs.billed_usd) '
            'else coalesce(costs.billed_usd, costs.list_usd) end'
        ) }} as daily_pico
    from bill_periods
    inner join missing_days
        on
            bill_periods.vendor = missing_days.vendor
            and bill_periods.period_start <= missing_days.usage_date
            and bill_periods.period_end > missing_days.usage_date
    inner join int_vendor_amounts_converted as costs
        on
            missing_days.vendor = costs.vendor
            and missing_days.usage_date = costs.usage_date
    left join model_names
        on
            costs.vendor = model_names.vendor
            and costs.vendor_model = model_names.vendor_model
    where costs.charge_kind = 'usage' and bill_periods.is_of_usage

),

missing as (

    select
        bill_periods.vendor,
        bill_periods.period_start,
        bill_periods.period_end,
        count(distinct missing_days.usage_date) as missing_days_n,
        max(case when missing_costs.vendor is not null then 1 else 0 end) as has_costs
    from bill_periods
    inner join missing_days
        on
            bill_periods.vendor = missing_days.vendor
            and bill_periods.period_start <= missing_days.usage_date
            and bill_periods.period_end > missing_days.usage_date
    left join missing_costs
        on
            bill_periods.vendor = missing_costs.vendor
            and bill_periods.period_start = missing_costs.period_start
            and bill_periods.period_end = missing_costs.period_end
    group by bill_periods.vendor, bill_periods.period_start, bill_periods.period_end

),

-- Of each part what it knows of a cell; the rest is zero.
parts as (

    {% for part, known in parts.items() -%}
    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        {{ known.get('counted_in', 'null') }} as counted_in,
        {{ known.get('lines_n', 0) }} as lines_n,
        {% for amount in amounts -%}
        {{ known.get(amount, 0) }} as {{ amount }},
        {% endfor -%}
        {% for unit in units -%}
        {% for side in sides -%}
        {{ side ~ '_' ~ unit if known.get('has_sides') else 0 }}
            as {{ side }}_{{ unit }}
        {%- if not loop.last %},
        {% endif %}
        {%- endfor -%}
        {%- if not loop.last %},
        {% endif %}
        {%- endfor %}
    from {{ part }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

cells as (

    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        coalesce(max(counted_in), 'tokens') as counted_in,
        max(case when counted_in is not null then 1 else 0 end) as has_count,
        {% for amount in amounts -%}
        cast(sum({{ amount }}) as decimal(38, 0)) as {{ amount }},
        {% endfor -%}
        {% for unit in units -%}
        {% for side in sides -%}
        cast(sum({{ side }}_{{ unit }}) as decimal(38, 0)) as {{ side }}_{{ unit }},
        {% endfor -%}
        {% endfor -%}
        max(lines_n) as lines_n
    from parts
    group by vendor, period_start, period_end, model, service_tier, token_class

),

bill_cells_compared as (

    select
        ---------- ids
        cells.vendor,
        cells.model,
        cells.service_tier,
        cells.token_class,

        ---------- strings
        cells.counted_in,

        ---------- numerics
        cells.has_count,
        cells.lines_n,
        coalesce(missing.missing_days_n, 0) as missing_days_n,
        coalesce(missing.has_costs, 0) as has_costs,
        {% for amount in amounts -%}
        cells.{{ amount }},
        {% endfor -%}
        case
            when bill_periods.is_at_list then cells.list_pico
            else cells.contracted_pico
        end as book_pico,
        {% for side in sides -%}
        case cells.counted_in
            {% for unit in units -%}
            when '{{ unit }}' then cells.{{ side }}_{{ unit }}
            {% endfor -%}
        end as {{ side }}_units,
        {% endfor %}
        ---------- dates
        cells.period_start,
        cells.period_end

    from cells
    inner join bill_periods
        on
            cells.vendor = bill_periods.vendor
            and cells.period_start = bill_periods.period_start
            and cells.period_end = bill_periods.period_end
    left join missing
        on
            cells.vendor = missing.vendor
            and cells.period_start = missing.period_start
            and cells.period_end = missing.period_end

)

select * from bill_cells_compared
