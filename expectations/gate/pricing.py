"""Gates on prices: like the vendor's own, and none missing."""

from expectations.evidence import COSTS
from expectations.gate.definition import Gate, measured

LIKE_VENDOR = """
with months as (
    select
        vendor,
        strftime(usage_date, '%Y-%m') as usage_month,
        sum(list_cost_usd) as ours,
        sum(vendor_list_cost_usd) as theirs
    from {costs}
    where vendor_list_cost_usd is not null
        and token_class <> 'none'
        and coalesce(unpriced_tokens, 0) = 0
    group by vendor, usage_month
),

shares as (
    select
        *,
        abs(ours - theirs) as difference,
        coalesce(abs(ours - theirs) / nullif(abs(theirs), 0), sign(abs(ours)))
            as observed
    from months
)

select
    concat(
        vendor, ' ', usage_month, ': list cost ', round(ours, 2),
        ' USD, the vendor''s own report ', round(theirs, 2), ' USD'
    ) as finding,
    cast(observed as double) as observed,
    case
        when observed > {cost_difference_share} and difference > {cost_difference_usd}
            then 'block'
        else 'pass'
    end as decision
from shares
order by observed desc
"""
UNPRICED = """
with classes as (
    select
        vendor,
        token_class,
        sum(unpriced_tokens) as unpriced,
        string_agg(distinct unpriced_models, ', ') as models,
        sum(list_cost_usd) as cost,
        sum(list_cost_usd) / nullif(sum(vendor_tokens - unpriced_tokens), 0) as price
    from {costs}
    group by vendor, token_class
),

vendors as (
    select
        vendor,
        sum(unpriced) as unpriced,
        list_sort(list_distinct(string_split(string_agg(models, ', '), ', ')))
            as models,
        -- A class without any price is estimated at the dearest of the vendor.
        sum(unpriced * coalesce(price, dearest)) as estimated,
        sum(cost) as cost
    from (
        select *, max(price) over (partition by vendor) as dearest from classes
    )
    group by vendor
),

shares as (
    select
        vendor,
        unpriced,
        models,
        case
            -- A vendor that meters no tokens has none without a price.
            when coalesce(unpriced, 0) = 0 then 0
            else coalesce(estimated / nullif(estimated + cost, 0), 1)
        end as observed
    from vendors
)

select
    concat(
        vendor, ': ', unpriced, ' tokens have no price, about ',
        round(100 * observed, 2), ' % of list cost',
        -- What an alias or a contract price has to be written for.
        ': ' || array_to_string(models, ', ')
    ) as finding,
    cast(observed as double) as observed,
    case
        when observed > {unpriced_share_block} then 'block'
        when unpriced > 0 then 'warn'
        else 'pass'
    end as decision
from shares
order by observed desc
"""

GATES = (
    Gate(
        id="DQ02",
        title="List cost agrees with the vendor's own cost report, by month",
        subject=COSTS,
        look=measured(LIKE_VENDOR),
        threshold="cost_difference_share",
        fix="check the price list and the token classes of that month.",
    ),
    Gate(
        id="DQ05",
        title="All usage has a price",
        subject=COSTS,
        look=measured(UNPRICED),
        threshold="unpriced_share_block",
        fix="add the model's price, or an alias to a model that has one.",
    ),
)
