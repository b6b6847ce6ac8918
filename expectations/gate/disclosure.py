"""Gates on teams: no single person can be read, or worked out, from a shared file."""

from expectations.evidence import PERSONS, TEAMS
from expectations.gate.definition import Gate, discrepancies

SMALL_TEAMS = """
select
    concat(
        quarter_label, ': ', count(*), ' teams of fewer than ', {group_size},
        ' people, or fewer than ', {group_nonzero}, ' with usage, are published'
    ) as finding
from {teams}
where status = 'published'
    and (
        coalesce(people_n, 0) < {group_size}
        or coalesce(active_people_n, 0) < {group_nonzero}
    )
group by quarter_label
order by finding
"""
DOMINATED = """
with shares as (
    unpivot (
        select
            persons.quarter_label,
            persons.team,
            cast(persons.list_cost_usd as double) as list_cost_usd,
            cast(persons.delivered_n as double) as delivered_n,
            cast(persons.merged_n as double) as merged_n
        from {persons} as persons
        inner join {teams} as teams using (team, quarter_start)
        where teams.status = 'published'
    )
    on list_cost_usd, delivered_n, merged_n
    into name measure value share
),

ordered as (
    select
        *,
        row_number() over (
            partition by quarter_label, team, measure order by share desc
        ) as place
    from shares
),

groups as (
    select
        quarter_label,
        team,
        measure,
        max(share) as largest,
        coalesce(sum(share) filter (where place > 2), 0) as rest
    from ordered
    group by quarter_label, team, measure
)

select
    concat(
        quarter_label, ' ', measure, ': ', count(*),
        ' published teams are so dominated by one person that another could work it out'
    ) as finding
from groups
where largest > 0 and rest < {dominance_share} * largest
group by quarter_label, measure
order by finding
"""
ONE_HIDDEN = """
with quarters as (
    select
        quarter_label,
        count(*) filter (where status = 'withheld') as hidden,
        count(*) filter (where status = 'published') as shown
    from {teams}
    group by quarter_label
)

select
    concat(
        quarter_label, ': one team alone is withheld, so the total less the ', shown,
        ' published teams gives it away'
    ) as finding
from quarters
where hidden = 1 and shown > 0
order by finding
"""
FEW_HIDDEN = """
with hidden as (
    select
        teams.quarter_label,
        count(distinct persons.person_key) as people
    from {teams} as teams
    inner join {persons} as persons using (team, quarter_start)
    where teams.status = 'withheld'
    group by teams.quarter_label
)

select
    concat(
        quarter_label, ': the withheld teams together hold fewer than ', {group_size},
        ' people, whose sum can be worked out from the total'
    ) as finding
from hidden
where people < {group_size}
order by finding
"""

GATES = (
    Gate(
        id="DQ33",
        title="Published teams are large enough",
        subject=TEAMS,
        look=discrepancies(SMALL_TEAMS),
        fix="withhold the team with the reason small_cell.",
    ),
    Gate(
        id="DQ40",
        title="No withheld team can be worked out from the others",
        subject=TEAMS,
        look=discrepancies(ONE_HIDDEN),
        fix="withhold the next smallest team too (suppressed_complementary).",
    ),
    Gate(
        id="DQ40",
        title="No person can be worked out from a team, or from the withheld teams",
        subject=PERSONS,
        needs=(TEAMS,),
        look=discrepancies(f"({DOMINATED}) union all ({FEW_HIDDEN})"),
        fix="withhold the team, or more teams of that quarter.",
    ),
)
