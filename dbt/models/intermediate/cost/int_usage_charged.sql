-- Priced usage as finance sees it, with what a commitment has paid already.
{% set cell = [
    'vendor', 'provider', 'model', 'product', 'service_tier', 'context_window',
    'region', 'project_id', 'token_class', 'attribution', 'cost_pool', 'price_basis',
    'usd_per_token', 'is_final', 'usage_date'
] -%}

with

int_usage_attributed as (

    select * from {{ ref('int_usage_attributed') }}

),

int_teams_sized as (

    select * from {{ ref('int_teams_sized') }}

),

int_commitments_applied as (

    select * from {{ ref('int_commitments_applied') }}

),

drawn as (

    select
        vendor,
        usage_date,
        max(commitment_id) as commitment_id,
        max(kind) as commitment_kind,
        sum(drawn_usd) as drawn_usd
    from int_commitments_applied
    where drawn_usd > 0
    group by vendor, usage_date

),

summed as (

    select
        {% for name in cell -%}
        int_usage_attributed.{{ name }},
        {% endfor -%}
        int_teams_sized.shown_team,
        min(int_usage_attributed.confidence) as confidence,
        sum(int_usage_attributed.tokens) as tokens,
        sum(int_usage_attributed.requests) as requests,
        sum(int_usage_attributed.credits) as credits,
        sum(int_usage_attributed.usage_usd) as list_usd,
        sum(
            coalesce(
                int_usage_attributed.contracted_usd, int_usage_attributed.usage_usd
            )
        ) as contracted_usd
    from int_usage_attributed
    left join int_teams_sized
        on
            int_usage_attributed.team = int_teams_sized.team
            and int_usage_attributed.quarter_start = int_teams_sized.quarter_start
    where int_usage_attributed.usage_usd is not null
    group by
        {% for name in cell -%}
        int_usage_attributed.{{ name }},
        {% endfor -%}
        int_teams_sized.shown_team

),

named as (

    select
        *,
        md5(concat_ws(
            '|', {% for name in cell -%}
            {% if name == 'usd_per_token' -%}
            -- Engines write small decimals differently, and whole numbers alike.
            coalesce(
                cast(cast(usd_per_token * 1000000000000 as decimal(38, 0)) as string),
                ''
            ),
            {% else -%}
            coalesce(cast({{ name }} as string), ''),
            {% endif -%}
            {% endfor -%}
            coalesce(shown_team, '')
        )) as cell_id
    from summed

),

ordered as (

    select
        *,
        coalesce(
            sum(contracted_usd) over (
                partition by vendor, usage_date
                order by cell_id
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as earlier_usd
    from named

),

paid as (

    select
        ordered.*,
        drawn.commitment_id,
        drawn.commitment_kind,
        greatest(
            cast(0 as decimal(38, 12)),
            least(
                cast(ordered.contracted_usd as decimal(38, 12)),
                {{ usd_less('coalesce(drawn.drawn_usd, 0)', 'ordered.earlier_usd') }}
            )
        ) as prepaid_usd
    from ordered
    left join drawn
        on
            ordered.vendor = drawn.vendor
            and ordered.usage_date = drawn.usage_date

),

usage_charged as (

    select
        ---------- ids
        cell_id,
        vendor,
        provider,
        model,
        product,
        service_tier,
        context_window,
        region,
        project_id,
        token_class,
        cost_pool,
        case when prepaid_usd > 0 then commitment_id end as commitment_id,

        ---------- strings
        case when attribution = 'person' then coalesce(shown_team, 'small_teams') end
            as shown_team,
        coalesce(attribution, 'unattributed') as attribution,
        price_basis,
        case when prepaid_usd > 0 then commitment_kind end as commitment_kind,

        ---------- numerics
        tokens,
        requests,
        credits,
        usd_per_token,
        cast(list_usd as decimal(38, 12)) as list_usd,
        cast(contracted_usd as decimal(38, 12)) as contracted_usd,
        prepaid_usd,
        confidence,

        ---------- booleans
        is_final,

        ---------- dates
        usage_date

    from paid

)

select * from usage_charged
