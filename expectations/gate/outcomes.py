"""Gates on outcomes: credit and working time are shared without rest, and linked."""

from expectations.evidence import OUTCOMES, PERSONS, TEAMS
from expectations.gate.definition import Gate, discrepancies, measured

SHARED = """
select
    concat(
        subject, ' ', quarter_label, ' by ', credit_rule, ': there are ', whole_n,
        ', given are ', persons_n + unattributed_n, '; ', unbalanced_n,
        ' items do not sum to one'
    ) as finding
from {outcomes}
where subject SUBJECTS
    and (
        whole_n is distinct from persons_n + unattributed_n
        or coalesce(unbalanced_n, 1) <> 0
    )
order by finding
"""
# Every rule shares the same items: one that lacks some shows a person too small.
SAME_ITEMS = """
union all
select
    concat(subject, ' ', quarter_label, ': the rules share different items') as finding
from {outcomes}
where subject in ('issue', 'merged_change')
group by subject, quarter_label
having count(*) <> 3 or count(distinct whole_n) <> 1
"""
PERSONS_WITHIN = """
with shown as (
    from (
        select
            quarter_label,
            delivered_n as issue,
            merged_n as merged_change,
            reviews_given as review
        from {persons}
    )
    unpivot (amount for subject in (issue, merged_change, review))
),

summed as (
    select quarter_label, subject, sum(amount) as amount
    from shown
    group by quarter_label, subject
),

given as (
    select quarter_label, subject, persons_n
    from {outcomes}
    where credit_rule in ('equal', 'each_reviewer')
)

select
    concat(
        quarter_label, ' ', subject, ': persons are shown ', amount,
        ', the reconciliation gives persons ', coalesce(persons_n, 0)
    ) as finding
from summed
left join given using (quarter_label, subject)
where amount > coalesce(persons_n, 0)
order by finding
"""
LINKED = """
select
    concat(
        quarter_label, ': of the changes of one team ', round(100 * linked_share, 1),
        ' % are linked to an issue'
    ) as finding,
    linked_share as observed,
    case
        when linked_share < {linked_share_withhold} then 'withhold'
        when linked_share < {linked_share_warn} then 'warn'
        else 'pass'
    end as decision
from {teams}
where linked_share is not null
order by observed
"""

GATES = (
    Gate(
        id="DQ28",
        title="Credits of every item sum to one, and reviews to their reviewers",
        subject=OUTCOMES,
        look=discrepancies(
            "(" + SHARED.replace("SUBJECTS", "<> 'working_time'") + ")" + SAME_ITEMS
        ),
        fix="find the item that the rule shares twice, or gives to nobody unsaid.",
    ),
    Gate(
        id="DQ28",
        title="Persons are shown the credit that they were given, and no more",
        subject=PERSONS,
        needs=(OUTCOMES,),
        look=discrepancies(PERSONS_WITHIN),
        fix="find the join that multiplies credit on its way to persons.",
    ),
    Gate(
        id="DQ30",
        title="Working time adds up over every move between teams",
        subject=OUTCOMES,
        look=discrepancies(SHARED.replace("SUBJECTS", "= 'working_time'")),
        fix="find the day that two teams claim, or none.",
    ),
    Gate(
        id="DQ24",
        title="Most changes of a team are linked to an issue",
        subject=TEAMS,
        look=measured(LINKED),
        severity="withhold",
        threshold="linked_share_withhold",
        fix="name the issue in branches, pull requests or commit messages.",
    ),
)
