-- Every charge in the same words: usage, tools, seats, commitments, credits, taxes.
with

int_usage_charged as (

    select * from {{ ref('int_usage_charged') }}

),

int_costs_allocated as (

    select * from {{ ref('int_costs_allocated') }}

),

int_seats_used as (

    select * from {{ ref('int_seats_used') }}

),

int_commitments_applied as (

    select * from {{ ref('int_commitments_applied') }}

),

int_teams_sized as (

    select * from {{ ref('int_teams_sized') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

priced_months as (

    select distinct
        vendor,
        {{ month_start('usage_date') }} as month_start
    from int_usage_charged

),

seat_months as (

    select distinct
        vendor,
        {{ month_start('usage_date') }} as month_start
    from int_costs_allocated
    where charge_kind = 'seat'

),

-- The vendor's own amount stands for usage only where none of the month has a price.
vendor_costs as (

    select
        int_costs_allocated.vendor,
        int_costs_allocated.charge_kind,
        int_costs_allocated.vendor_model as model,
        int_costs_allocated.product,
        int_costs_allocated.service_tier,
        int_costs_allocated.context_window,
        int_costs_allocated.region,
        int_costs_allocated.project_id,
        int_costs_allocated.token_class,
        int_costs_allocated.attribution,
        int_costs_allocated.cost_pool,
        int_teams_sized.shown_team,
        int_costs_allocated.method,
        int_costs_allocated.usage_date,
        min(int_costs_allocated.confidence) as confidence,
        sum(coalesce(int_costs_allocated.list_usd, int_costs_allocated.billed_usd))
            as list_usd,
        sum(coalesce(int_costs_allocated.billed_usd, int_costs_allocated.list_usd))
            as billed_usd
    from int_costs_allocated
    left join int_teams_sized
        on
            int_costs_allocated.team = int_teams_sized.team
            and {{ quarter_start('int_costs_allocated.usage_date') }}
            = int_teams_sized.quarter_start
    left join priced_months
        on
            int_costs_allocated.vendor = priced_months.vendor
            and {{ month_start('int_costs_allocated.usage_date') }}
            = priced_months.month_start
    where
        coalesce(int_costs_allocated.list_usd, int_costs_allocated.billed_usd)
        is not null
        and (
            int_costs_allocated.charge_kind <> 'usage' or priced_months.vendor is null
        )
    group by
        int_costs_allocated.vendor,
        int_costs_allocated.charge_kind,
        int_costs_allocated.vendor_model,
        int_costs_allocated.product,
        int_costs_allocated.service_tier,
        int_costs_allocated.context_window,
        int_costs_allocated.region,
        int_costs_allocated.project_id,
        int_costs_allocated.token_class,
        int_costs_allocated.attribution,
        int_costs_allocated.cost_pool,
        int_teams_sized.shown_team,
        int_costs_allocated.method,
        int_costs_allocated.usage_date

),

seats as (

    select
        int_seats_used.vendor,
        int_seats_used.plan,
        int_seats_used.month_start,
        coalesce(int_teams_sized.shown_team, 'unattributed') as shown_team,
        count(*) as seats_n,
        sum(int_seats_used.monthly_usd) as seats_usd
    from int_seats_used
    left join int_teams_sized
        on
            int_seats_used.team = int_teams_sized.team
            and {{ quarter_start('int_seats_used.month_start') }}
            = int_teams_sized.quarter_start
    left join seat_months
        on
            int_seats_used.vendor = seat_months.vendor
            and int_seats_used.month_start = seat_months.month_start
    where seat_months.vendor is null and int_seats_used.monthly_usd is not null
    group by
        int_seats_used.vendor,
        int_seats_used.plan,
        int_seats_used.month_start,
        coalesce(int_teams_sized.shown_team, 'unattributed')

),

commitments as (

    select distinct
        vendor,
        commitment_id,
        kind,
        amount_usd,
        unused_usd,
        starts_on,
        ends_on
    from int_commitments_applied
    where amount_usd is not null

),

collected as (

    select
        'usage|' || cell_id as charge_key,
        vendor,
        provider,
        'Usage' as category,
        'Usage-Based' as frequency,
        'tokens' as charge_kind,
        model,
        product,
        service_tier,
        context_window,
        region,
        project_id,
        token_class,
        attribution,
        shown_team,
        cost_pool,
        'direct' as method,
        price_basis as cost_basis,
        commitment_id,
        commitment_kind,
        case when commitment_id is not null then 'Used' end as commitment_status,
        cast(tokens as decimal(38, 12)) as tokens,
        cast(requests as decimal(38, 12)) as requests,
        cast(credits as decimal(38, 12)) as credits,
        cast(null as decimal(38, 12)) as seats_n,
        usd_per_token,
        confidence,
        list_usd,
        contracted_usd,
        contracted_usd as effective_usd,
        {{ usd_less('contracted_usd', 'prepaid_usd') }} as billed_usd,
        is_final,
        usage_date as starts_on,
        cast(usage_date + interval '1' day as date) as ends_before
    from int_usage_charged
    union all
    select
        concat_ws(
            '|', 'cost', vendor, charge_kind, model, product, service_tier,
            context_window, region, project_id, token_class, attribution,
            coalesce(cost_pool, ''), coalesce(shown_team, ''), method,
            cast(usage_date as string)
        ) as charge_key,
        vendor,
        vendor as provider,
        case charge_kind
            when 'seat' then 'Purchase'
            when 'credit' then 'Credit'
            when 'tax' then 'Tax'
            when 'adjustment' then 'Adjustment'
            else 'Usage'
        end as category,
        case
            when charge_kind in ('usage', 'tool') then 'Usage-Based'
            when charge_kind = 'seat' then 'Recurring'
            else 'One-Time'
        end as frequency,
        charge_kind,
        model,
        product,
        service_tier,
        context_window,
        region,
        project_id,
        token_class,
        attribution,
        case when attribution = 'person' then coalesce(shown_team, 'small_teams') end
            as shown_team,
        cost_pool,
        method,
        'vendor_stated' as cost_basis,
        null as commitment_id,
        null as commitment_kind,
        null as commitment_status,
        null as tokens,
        null as requests,
        null as credits,
        null as seats_n,
        null as usd_per_token,
        confidence,
        case when charge_kind = 'credit' then -abs(list_usd) else list_usd end
            as list_usd,
        case when charge_kind = 'credit' then -abs(billed_usd) else billed_usd end
            as contracted_usd,
        case when charge_kind = 'credit' then -abs(billed_usd) else billed_usd end
            as effective_usd,
        case when charge_kind = 'credit' then -abs(billed_usd) else billed_usd end
            as billed_usd,
        cast(null as boolean) as is_final,
        usage_date as starts_on,
        cast(usage_date + interval '1' day as date) as ends_before
    from vendor_costs
    union all
    select
        concat_ws('|', 'seat', vendor, plan, shown_team, cast(month_start as string))
            as charge_key,
        vendor,
        vendor as provider,
        'Purchase' as category,
        'Recurring' as frequency,
        'seat' as charge_kind,
        plan as model,
        'not_reported' as product,
        'not_reported' as service_tier,
        'not_reported' as context_window,
        'not_reported' as region,
        'not_reported' as project_id,
        'none' as token_class,
        case when shown_team = 'unattributed' then 'unattributed' else 'person' end
            as attribution,
        case when shown_team <> 'unattributed' then shown_team end as shown_team,
        null as cost_pool,
        'direct' as method,
        'seat_list' as cost_basis,
        null as commitment_id,
        null as commitment_kind,
        null as commitment_status,
        null as tokens,
        null as requests,
        null as credits,
        cast(seats_n as decimal(38, 12)) as seats_n,
        null as usd_per_token,
        cast(1 as double) as confidence,
        seats_usd as list_usd,
        seats_usd as contracted_usd,
        seats_usd as effective_usd,
        seats_usd as billed_usd,
        cast(null as boolean) as is_final,
        month_start as starts_on,
        {{ month_end('month_start') }} as ends_before
    from seats
    union all
    {% for is_purchase in [true, false] -%}
    select
        concat_ws(
            '|', '{{ 'commitment' if is_purchase else 'unused' }}', commitments.vendor,
            commitments.commitment_id
        ) as charge_key,
        commitments.vendor,
        commitments.vendor as provider,
        '{{ 'Purchase' if is_purchase else 'Usage' }}' as category,
        '{{ 'One-Time' if is_purchase else 'Usage-Based' }}' as frequency,
        '{{ 'commitment' if is_purchase else 'unused_commitment' }}' as charge_kind,
        'not_reported' as model,
        'not_reported' as product,
        'not_reported' as service_tier,
        'not_reported' as context_window,
        'not_reported' as region,
        'not_reported' as project_id,
        'none' as token_class,
        'unattributed' as attribution,
        null as shown_team,
        null as cost_pool,
        'unallocated' as method,
        'commitment' as cost_basis,
        commitments.commitment_id,
        commitments.kind as commitment_kind,
        {{ 'null' if is_purchase else "'Unused'" }} as commitment_status,
        null as tokens,
        null as requests,
        null as credits,
        null as seats_n,
        null as usd_per_token,
        cast(0 as double) as confidence,
        {% if is_purchase -%}
        commitments.amount_usd as list_usd,
        commitments.amount_usd as contracted_usd,
        0 as effective_usd,
        commitments.amount_usd as billed_usd,
        {% else -%}
        0 as list_usd,
        0 as contracted_usd,
        commitments.unused_usd as effective_usd,
        0 as billed_usd,
        {% endif -%}
        cast(null as boolean) as is_final,
        {% if is_purchase -%}
        commitments.starts_on,
        cast(commitments.starts_on + interval '1' day as date) as ends_before
        {% else -%}
        commitments.ends_on as starts_on,
        cast(commitments.ends_on + interval '1' day as date) as ends_before
        {% endif -%}
    from commitments
    cross join int_settings_resolved
    {% if is_purchase -%}
    where commitments.starts_on <= int_settings_resolved.as_of_utc_date
    union all
    {% else -%}
    where commitments.unused_usd > 0
    {% endif -%}
    {% endfor %}
),

charges_collected as (

    select
        ---------- ids
        md5(charge_key) as charge_id,
        vendor,
        provider,
        model,
        project_id,
        token_class,
        cost_pool,
        commitment_id,

        ---------- strings
        category,
        frequency,
        charge_kind,
        product,
        service_tier,
        context_window,
        region,
        attribution,
        shown_team,
        method,
        cost_basis,
        commitment_kind,
        commitment_status,

        ---------- numerics
        tokens,
        requests,
        credits,
        seats_n,
        usd_per_token,
        confidence,
        cast(list_usd as decimal(38, 12)) as list_usd,
        cast(contracted_usd as decimal(38, 12)) as contracted_usd,
        cast(effective_usd as decimal(38, 12)) as effective_usd,
        cast(billed_usd as decimal(38, 12)) as billed_usd,

        ---------- booleans
        is_final,

        ---------- dates
        starts_on,
        ends_before

    from collected

)

select * from charges_collected
