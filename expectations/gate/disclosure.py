"""Gates on teams: no single person can be read, or worked out, from a shared file."""

from expectations.evidence import PERSONS, PROJECTS, TEAMS
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
        or (
            list_cost_usd is not null
            and coalesce(active_people_n, 0) < {group_nonzero}
        )
    )
group by quarter_label
order by finding
"""
DOMINATED = """
with shares as (
    unpivot (
        select
            quarter_label,
            team,
            cast(list_cost_usd as double) as list_cost_usd,
            cast(delivered_n as double) as delivered_n,
            cast(merged_n as double) as merged_n
        from {persons}
    )
    on list_cost_usd, delivered_n, merged_n
    into name measure value share
),

totals as (
    unpivot (
        select
            quarter_label,
            team,
            people_n,
            cast(list_cost_usd as double) as list_cost_usd,
            cast(delivered_n as double) as delivered_n,
            cast(merged_n as double) as merged_n
        from {teams}
        where status = 'published'
    )
    on list_cost_usd, delivered_n, merged_n
    into name measure value total
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
        count(*) as people,
        sum(share) as whole,
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
inner join totals using (quarter_label, team, measure)
where largest > 0
    and rest < {dominance_share} * largest
    -- Only where the shares seen here are those of the team: nobody of it is withheld
    -- or changed teams. Costs of teams are rounded to two digits.
    and people = people_n
    and abs(whole - total) <= if(measure = 'list_cost_usd', 0.05 * whole, 1e-9)
group by quarter_label, measure
order by finding
"""
ONE_HIDDEN = """
with sums as (
    from (
        select
            quarter_label,
            cast(list_cost_usd as double) as list_cost_usd,
            cast(delivered_n as double) as delivered_n,
            cast(merged_n as double) as merged_n
        from {teams}
    )
    unpivot include nulls (
        total for measure in (list_cost_usd, delivered_n, merged_n)
    )
)

select
    concat(
        quarter_label, ' ', measure,
        ': one team alone is withheld, so the total less all others gives it away'
    ) as finding
from sums
group by quarter_label, measure
having count(*) - count(total) = 1 and count(total) > 0
order by finding
"""
FEW_HIDDEN = """
with hidden as (
    select
        teams.quarter_label,
        count(distinct persons.person_key) filter (where teams.status = 'withheld')
            as people,
        count(*) filter (where teams.status = 'published') as shown
    from {teams} as teams
    inner join {persons} as persons using (team, quarter_start)
    group by teams.quarter_label
)

select
    concat(
        quarter_label, ': the withheld teams together hold fewer than ', {group_size},
        ' people, whose sum can be worked out from the total'
    ) as finding
from hidden
where people between 1 and {group_size} - 1 and shown > 0
order by finding
"""
FEW_ANSWERS = """
select
    concat(
        quarter_label, ': ', count(*), ' projects with fewer than ',
        {rating_responses}, ' answers, or the work of fewer than ', {group_nonzero},
        ' people, are published'
    ) as finding
from {projects}
where (
        status = 'published'
        or rating_mean is not null
        or satisfaction_share is not null
    )
    and (
        coalesce(responses_n, 0) < {rating_responses}
        or coalesce(rated_people_n, 0) < {group_nonzero}
    )
group by quarter_label
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
        id="DQ33",
        title="Published ratings are those of enough clients, about enough people",
        subject=PROJECTS,
        look=discrepancies(FEW_ANSWERS),
        fix="withhold the project with the reason small_cell.",
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
        title="No person dominates a published team",
        subject=PERSONS,
        needs=(TEAMS,),
        look=discrepancies(DOMINATED),
        fix="withhold that sum of the team with the reason small_cell.",
    ),
    Gate(
        id="PC18",
        title="The withheld teams together are large enough",
        subject=TEAMS,
        needs=(PERSONS,),
        # Members are counted by the team of a quarter's last day, so this is near.
        look=discrepancies(FEW_HIDDEN, "warn"),
        severity="warn",
        fix="withhold the next smallest team too (suppressed_complementary).",
    ),
)
