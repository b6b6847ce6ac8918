"""Gates on tokens and their cost: nothing lost, nothing twice, little unattributed."""

from expectations.evidence import COSTS, FIGURES, PERSONS
from expectations.gate.definition import Gate, discrepancies, measured

CONSERVED = """
select
    concat(
        vendor, ' ', usage_date, ' ', token_class, ': the vendor reports ',
        vendor_tokens, ' tokens, accounted for are ',
        person_tokens + service_tokens + unattributed_tokens + elsewhere_tokens
    ) as finding
from {costs}
where (person_tokens + service_tokens + unattributed_tokens + elsewhere_tokens)
    is distinct from vendor_tokens
    or coalesce(unexplained_tokens, 0) <> 0
union all
select
    concat(
        vendor, ' ', usage_date, ' ', token_class,
        ': the parts of the list cost do not sum to the whole'
    )
from {costs}
where coalesce(list_cost_usd, 0) <> coalesce(person_list_cost_usd, 0)
    + coalesce(service_list_cost_usd, 0) + coalesce(unattributed_list_cost_usd, 0)
"""
PERSONS_WITHIN = """
with figures as (
    from (
        select
            quarter_start,
            input_uncached_tokens as input_uncached,
            cache_read_tokens as cache_read,
            cache_write_5m_tokens as cache_write_5m,
            cache_write_1h_tokens as cache_write_1h,
            cache_write_unspecified_tokens as cache_write_unspecified,
            output_tokens as output,
            input_unspecified_tokens as input_unspecified
        from {persons}
    )
    unpivot include nulls (
        tokens for token_class in (
            input_uncached, cache_read, cache_write_5m, cache_write_1h,
            cache_write_unspecified, output, input_unspecified
        )
    )
),

published as (
    select
        quarter_start,
        token_class,
        cast(coalesce(sum(tokens), 0) as bigint) as tokens,
        count(tokens) = count(*) as is_everybody
    from figures
    group by quarter_start, token_class
),

accounted as (
    select
        cast(date_trunc('quarter', usage_date) as date) as quarter_start,
        token_class,
        sum(person_tokens) as tokens
    from {costs}
    group by quarter_start, token_class
)

select
    concat(
        published.quarter_start, ' ', published.token_class, ': persons are shown ',
        published.tokens, ' tokens, the reconciliation gives persons ',
        coalesce(accounted.tokens, 0)
    ) as finding
from published
left join accounted using (quarter_start, token_class)
where published.tokens > coalesce(accounted.tokens, 0)
    or (is_everybody and published.tokens <> coalesce(accounted.tokens, 0))
order by finding
"""
UNATTRIBUTED = """
with quarters as (
    select
        cast(date_trunc('quarter', usage_date) as date) as quarter_start,
        coalesce(
            sum(unattributed_list_cost_usd) / nullif(sum(list_cost_usd), 0), 0
        ) as observed
    from {costs}
    group by quarter_start
),

shown as (
    select distinct quarter_start
    from {figures}
    where measure = 'list_cost_usd' and status = 'published' and value is not null
)

select
    concat(
        quarters.quarter_start, ': ', round(100 * observed, 2),
        ' % of list cost belongs to nobody'
    ) as finding,
    cast(observed as double) as observed,
    case
        when observed > {unattributed_share_block} and shown.quarter_start is not null
            then 'block'
        when observed > {unattributed_share_block} then 'withhold'
        when observed > {unattributed_share_warn} then 'warn'
        else 'pass'
    end as decision
from quarters
left join shown using (quarter_start)
order by observed desc
"""
KNOWN_CLASSES = """
select concat(vendor, ': unknown token class ', token_class) as finding
from {costs}
where token_class is null or token_class not in (
    'input_uncached', 'cache_read', 'cache_write_5m', 'cache_write_1h',
    'cache_write_unspecified', 'output', 'input_unspecified',
    -- What the vendor charges for without tokens, e.g. searches.
    'none'
)
group by vendor, token_class
"""

GATES = (
    Gate(
        id="DQ01",
        title="Persons, services and unattributed use sum to the vendor's total",
        subject=COSTS,
        look=discrepancies(CONSERVED),
        fix="find the vendor rows that the attribution lost or counted twice.",
    ),
    Gate(
        id="DQ01",
        title="Persons are shown what the reconciliation gives them, and no more",
        subject=PERSONS,
        needs=(COSTS,),
        look=discrepancies(PERSONS_WITHIN),
        fix="find the join that multiplies or drops usage on its way to persons.",
    ),
    Gate(
        id="DQ04",
        title="Every token is in one known class",
        subject=COSTS,
        look=discrepancies(KNOWN_CLASSES),
        fix="map the vendor's counter to one of the known classes.",
    ),
    Gate(
        id="DQ12",
        title="Little list cost belongs to nobody, by quarter",
        subject=COSTS,
        needs=(FIGURES,),
        look=measured(UNATTRIBUTED),
        threshold="unattributed_share_block",
        fix="link the principals in mart_unattributed_usage to persons or pools.",
    ),
)
