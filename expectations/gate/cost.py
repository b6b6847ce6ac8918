"""Gates on bills: what we count and know explains them, in a currency with a rate."""

from expectations.evidence import VARIANCE
from expectations.gate.definition import Gate, discrepancies, measured

# Discounts, seats, zones and later revisions explain a bill; these do not.
BILLS = """
with open_steps as (
    select
        vendor,
        period_start,
        lines_n,
        bill_usd,
        abs(unpriced_model_usd) + abs(price_usd) + abs(missing_log_usd)
            + abs(volume_usd) + abs(unexplained_usd) as open_usd,
        greatest(
            abs(unpriced_model_usd), abs(price_usd), abs(missing_log_usd),
            abs(volume_usd), abs(unexplained_usd)
        ) as largest_usd,
        unpriced_model_usd,
        price_usd,
        missing_log_usd,
        volume_usd,
        difference_usd - (
            unpriced_model_usd + price_usd + missing_log_usd + time_zone_usd
            + revision_usd + volume_usd + discount_usd + seat_or_overage_usd
            + unexplained_usd
        ) as lost_usd
    from {variance}
    where bill_source = 'invoice' and bill_usd is not null
),

shares as (
    select
        *,
        coalesce(open_usd / nullif(abs(bill_usd), 0), sign(open_usd)) as observed
    from open_steps
)

select
    concat(
        vendor, ' ', strftime(period_start, '%Y-%m'), ': of the bill of ',
        round(bill_usd, 2), ' USD ',
        case
            when lost_usd <> 0 then 'the steps do not sum to the difference'
            else concat(
                round(open_usd, 2), ' USD are open, most of it ',
                case largest_usd
                    when abs(unpriced_model_usd) then 'models without a price'
                    when abs(price_usd) then 'price'
                    when abs(missing_log_usd) then 'days that are missing'
                    when abs(volume_usd) then 'volume'
                    else 'unexplained'
                end
            )
        end
    ) as finding,
    cast(observed as double) as observed,
    case
        when lost_usd <> 0 then 'block'
        -- Each line of a bill may be rounded to its cent.
        when observed > {bill_difference_share} and open_usd > 0.005 * lines_n
            then 'block'
        else 'pass'
    end as decision
from shares
order by lost_usd <> 0 desc, observed desc
"""
UNCONVERTED = """
select
    concat(
        vendor, ' ', strftime(period_start, '%Y-%m'), ': ',
        unconverted_lines_n + unconverted_costs_n,
        ' amounts are in a currency without a rate of their day'
    ) as finding
from {variance}
where unconverted_lines_n + unconverted_costs_n > 0
order by finding
"""

GATES = (
    Gate(
        id="DQ03",
        title="Invoices are what we count, at known prices and known charges",
        subject=VARIANCE,
        look=measured(BILLS),
        threshold="bill_difference_share",
        fix="see the steps of that period in mart_cost_variance, then correct the "
        "price, pull the missing days, or ask the vendor.",
    ),
    Gate(
        id="DQ18",
        title="Every amount has the exchange rate of its day",
        subject=VARIANCE,
        look=discrepancies(UNCONVERTED),
        fix="add the rate of that day, or of the week before it, to exchange_rates.",
    ),
)
