-- From our list cost to the bill, cell by cell, in pico-dollars. What a quantity is
-- worth is what the bill's own price makes of it.
{% set sides = ['priced', 'unpriced', 'moved', 'revised'] -%}

with

int_bill_cells_compared as (

    select * from {{ ref('int_bill_cells_compared') }}

),

int_bill_lines_converted as (

    select * from {{ ref('int_bill_lines_converted') }}

),

-- Where the bill has no price, ours stands in: usage it does not name is volume.
rated as (

    select
        *,
        case when has_count = 1 then line_priced_pico else book_pico end as rate_pico,
        case when has_count = 1 then line_units else priced_units end as rate_units
    from int_bill_cells_compared

),

valued as (

    select
        {% for side in sides -%}
        coalesce({{ signed_share('rate_pico', side ~ '_units', 'rate_units') }}, 0)
            as {{ side }}_pico,
        {% endfor -%}
        *
    from rated

),

-- Lines that count; usage without a line; lines of which only the amount is known.
gapped as (

    select
        *,
        case
            when has_count = 1
                then line_priced_pico - priced_pico - unpriced_pico - moved_pico
                    - revised_pico
            when lines_n = 0 then -book_pico - moved_pico - revised_pico
            else 0
        end as gap_pico,
        has_count = 0 and lines_n > 0 as is_amount_only,
        has_count = 0 and lines_n > 0 and priced_units = 0 and unpriced_units > 0
            as is_unpriced_amount
    from valued

),

sized as (

    select
        *,
        case
            when is_unpriced_amount then uncounted_pico
            when has_count = 1 then unpriced_pico
            else 0
        end as unpriced_model_step,
        case when has_count = 1 then priced_pico - book_pico else 0 end as price_step,
        case
            when missing_days_n = 0 or is_unpriced_amount then 0
            when has_costs = 1 then daily_pico
            when gap_pico > 0 then gap_pico
            else 0
        end as missing_log_step,
        case when is_amount_only then 0 else moved_pico end as time_zone_step,
        case when is_amount_only then 0 else revised_pico end as revision_step,
        book_pico - list_pico + stated_discount_pico as discount_step
    from gapped

),

stepped as (

    select
        *,
        case when is_amount_only then 0 else gap_pico - missing_log_step end
            as volume_step,
        case
            when is_unpriced_amount then -book_pico
            when is_amount_only then uncounted_pico - book_pico - missing_log_step
            else line_counted_pico - line_priced_pico + uncounted_pico
        end as unexplained_step
    from sized

),

other_lines as (

    select
        vendor,
        period_start,
        period_end,
        case
            when charge_kind = 'discount' then 'discount'
            when
                charge_kind in (
                    'seat', 'overage', 'commitment', 'tool', 'credit', 'tax'
                )
                then 'seat_or_overage'
            else 'unexplained'
        end as step,
        {{ usd_to_pico('billed_usd') }} as billed_pico
    from int_bill_lines_converted
    where charge_kind <> 'usage' or charge_kind is null

),

steps as (

    select
        vendor,
        period_start,
        period_end,
        model,
        service_tier,
        token_class,
        list_pico,
        {% for step in variance_steps() -%}
        {{ '0' if step == 'seat_or_overage' else step ~ '_step' }} as {{ step }}_pico
        {%- if not loop.last %},
        {% endif %}
        {%- endfor %}
    from stepped
    union all
    select
        vendor,
        period_start,
        period_end,
        'none' as model,
        'none' as service_tier,
        'none' as token_class,
        0 as list_pico,
        0 as unpriced_model_pico,
        0 as price_pico,
        0 as missing_log_pico,
        0 as time_zone_pico,
        0 as revision_pico,
        0 as volume_pico,
        case when step = 'discount' then billed_pico else 0 end as discount_pico,
        case when step = 'seat_or_overage' then billed_pico else 0 end
            as seat_or_overage_pico,
        case when step = 'unexplained' then billed_pico else 0 end
            as unexplained_pico
    from other_lines

),

bill_variances_decomposed as (

    select
        ---------- ids
        vendor,
        model,
        service_tier,
        token_class,

        ---------- numerics
        {{ pico_to_usd('sum(list_pico)') }} as list_usd,
        {% for step in variance_steps() -%}
        {{ pico_to_usd('sum(' ~ step ~ '_pico)') }} as {{ step }}_usd,
        {% endfor %}
        ---------- dates
        period_start,
        period_end

    from steps
    group by vendor, period_start, period_end, model, service_tier, token_class

)

select * from bill_variances_decomposed
