with

int_team_members_measured as (

    select * from {{ ref('int_team_members_measured') }}

),

int_settings_resolved as (

    select * from {{ ref('int_settings_resolved') }}

),

amounts as (

    {% for measure in team_measures() -%}
    select
        team,
        quarter_start,
        person_id,
        '{{ measure }}' as measure,
        cast({{ measure }} as decimal(38, 12)) as amount
    from int_team_members_measured
    {% if not loop.last -%}
    union all
    {% endif %}
    {%- endfor %}
),

ordered as (

    select
        *,
        row_number() over (
            partition by team, quarter_start, measure
            order by amount desc, person_id asc
        ) as place
    from amounts

),

sums as (

    select
        team,
        quarter_start,
        measure,
        count(*) as people_n,
        count(case when amount <> 0 then 1 end) as active_people_n,
        sum(amount) as amount,
        max(amount) as largest_amount,
        coalesce(sum(case when place > 2 then amount end), 0) as rest_amount
    from ordered
    group by team, quarter_start, measure

),

-- Primary: too few people, too few of them active, or one so large that the second
-- largest could work it out. Working time is known to all and only needs the people.
unsafe as (

    select
        sums.*,
        sums.people_n < int_settings_resolved.group_size
        or (
            sums.measure <> 'fte_days'
            and sums.active_people_n < int_settings_resolved.group_nonzero
        )
        or (
            sums.measure in ('list_cost_usd', 'delivered_n', 'merged_n')
            and cast(sums.rest_amount as double)
            < int_settings_resolved.dominance_share
            * cast(sums.largest_amount as double)
        ) as is_unsafe
    from sums
    cross join int_settings_resolved

),

-- Complementary: a lone gap is the total less the others: the next smallest goes too.
neighbours as (

    select
        *,
        count(case when is_unsafe then 1 end) over (partition by quarter_start, measure)
            as unsafe_n,
        row_number() over (
            partition by quarter_start, measure, is_unsafe order by people_n, team
        ) as smallness
    from unsafe

),

team_sums_suppressed as (

    select
        ---------- ids
        team,
        measure,

        ---------- strings
        case
            when is_unsafe then 'small_cell'
            when unsafe_n = 1 and smallness = 1 then 'suppressed_complementary'
        end as suppressed_reason,

        ---------- numerics
        people_n,
        active_people_n,
        amount,

        ---------- dates
        quarter_start

    from neighbours

)

select * from team_sums_suppressed
