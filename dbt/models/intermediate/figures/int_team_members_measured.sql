with

int_person_days_counted as (

    select * from {{ ref('int_person_days_counted') }}

),

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_credits_shared as (

    select * from {{ ref('int_credits_shared') }}

),

int_turnarounds_observed as (

    select * from {{ ref('int_turnarounds_observed') }}

),

members as (

    select
        team,
        quarter_start,
        person_id,
        coalesce(sum(fte_days), 0) as fte_days
    from int_person_days_counted
    where publication_mode <> 'off'
    group by team, quarter_start, person_id

),

-- Usage belongs to the team its person was in on that day.
costs as (

    select
        team,
        quarter_start,
        person_id,
        sum(usage_usd) as list_cost_usd,
        sum(case when price_basis = 'unpriced' then tokens end) as unpriced_tokens
    from int_usage_attributed
    where person_id is not null
    group by team, quarter_start, person_id

),

credits as (

    select
        team,
        quarter_start,
        person_id,
        sum(case when item_kind = 'issue' then credit_millionths else 0 end)
            as delivered_millionths,
        sum(case when item_kind = 'merged_change' then credit_millionths else 0 end)
            as merged_millionths
    from int_credits_shared
    where person_id is not null and credit_rule = '{{ credit_rules()[0] }}'
    group by team, quarter_start, person_id

),

turnarounds as (

    select
        team,
        quarter_start,
        person_id,
        count(*) as items_n
    from int_turnarounds_observed
    where measure = 'issue'
    group by team, quarter_start, person_id

),

team_members_measured as (

    select
        ---------- ids
        members.team,
        members.person_id,

        ---------- numerics
        cast(members.fte_days as decimal(18, 6)) as fte_days,
        cast(coalesce(costs.list_cost_usd, 0) as decimal(38, 12)) as list_cost_usd,
        cast(coalesce(costs.unpriced_tokens, 0) as bigint) as unpriced_tokens,
        {{ items('coalesce(credits.delivered_millionths, 0)') }} as delivered_n,
        {{ items('coalesce(credits.merged_millionths, 0)') }} as merged_n,
        coalesce(turnarounds.items_n, 0) as turnaround_items_n,

        ---------- dates
        members.quarter_start

    from members
    left join costs
        on
            members.team = costs.team
            and members.quarter_start = costs.quarter_start
            and members.person_id = costs.person_id
    left join credits
        on
            members.team = credits.team
            and members.quarter_start = credits.quarter_start
            and members.person_id = credits.person_id
    left join turnarounds
        on
            members.team = turnarounds.team
            and members.quarter_start = turnarounds.quarter_start
            and members.person_id = turnarounds.person_id

)

select * from team_members_measured
