"""Gates on persons: employed, human, published only where their entity lets it.

What does not block says no numbers of persons: everyone may read it.
"""

from expectations.evidence import FIGURES, PERSONS, UNATTRIBUTED
from expectations.gate.definition import Gate, discrepancies

LOW_COVERAGE = """
select
    concat(
        quarter_label, ': persons with coverage below ', {coverage_absolute}, ' are ',
        status
    ) as finding,
    if(status = 'withheld', 'withhold', 'block') as decision
from {persons}
where coverage < {coverage_absolute} or (coverage is null and status <> 'withheld')
group by quarter_label, status
order by decision, finding
"""
OUTSIDE_EMPLOYMENT = """
select
    concat(
        vendor, ' ', quarter_label, ': usage outside employment belongs to nobody'
    ) as finding
from {unattributed}
where reason = 'outside_employment'
group by vendor, quarter_label
order by finding
"""
NOT_YET_EMPLOYED = """
select
    concat(quarter_label, ': persons are shown usage without any working time')
        as finding
from {persons}
where status = 'published' and requests > 0 and coalesce(fte_days, 0) = 0
group by quarter_label
order by finding
"""
NOT_HUMAN = """
select
    concat(
        quarter_label, ': ', count(*),
        ' persons have no position in the people file or that of a service'
    ) as finding
from {persons}
where team is null
    or entity is null
    or regexp_matches(lower(role), '^(bot|service[ _]account)s?$')
group by quarter_label
order by finding
"""
NO_WORKING_TIME = """
select
    concat(quarter_label, ': ', count(*), ' persons are published without fte_days')
        as finding
from {persons}
where status = 'published' and fte_days is null
group by quarter_label
order by finding
"""
NOT_ALLOWED = """
with shown as (
    select quarter_label, publication_mode from {persons} where status = 'published'
    union all
    select persons.quarter_label, persons.publication_mode
    from {figures} as figures
    left join {persons} as persons using (person_key, quarter_start)
    where figures.status = 'published' or figures.value is not null
)

select
    concat(
        quarter_label, ': ', count(*), ' figures of persons are published in mode ',
        coalesce(publication_mode, '(none)')
    ) as finding
from shown
where publication_mode is distinct from 'person'
group by quarter_label, publication_mode
order by finding
"""
ALL_QUARTERS = """
with people as (
    select
        person_key,
        min(quarter_start) as first_quarter,
        max(quarter_start) as last_quarter
    from {persons}
    group by person_key
),

spine as (
    select cast(unnest(generate_series(
        min(first_quarter), max(last_quarter), interval 3 months
    )) as date) as quarter_start
    from people
),

expected as (
    select spine.quarter_start, people.person_key
    from people
    inner join spine
        on spine.quarter_start between people.first_quarter and people.last_quarter
),

gaps as (
    select
        expected.quarter_start,
        count(*) as expected,
        count(persons.person_key) as present
    from expected
    left join {persons} as persons using (person_key, quarter_start)
    group by expected.quarter_start
)

select
    concat(
        quarter_start, ': ', if(present = 0, 'all', 'some'),
        ' persons have no row between their first and their last quarter'
    ) as finding,
    -- Who left and came back has a gap; a quarter without anybody is a fault.
    if(present = 0, 'block', 'warn') as decision
from gaps
where present < expected
order by present > 0, quarter_start
"""

GATES = (
    Gate(
        id="DQ06",
        title="Persons seen too incompletely are withheld",
        subject=PERSONS,
        look=discrepancies(LOW_COVERAGE),
        severity="withhold",
        fix="link their accounts or pull the missing days; until then withhold them.",
    ),
    Gate(
        id="DQ11",
        title="Usage outside employment belongs to no person",
        subject=UNATTRIBUTED,
        look=discrepancies(OUTSIDE_EMPLOYMENT, "withhold"),
        severity="withhold",
        fix="correct the validity dates of the account or of the person.",
    ),
    Gate(
        id="DQ11",
        title="Nobody is shown usage without working time",
        subject=PERSONS,
        look=discrepancies(NOT_YET_EMPLOYED, "warn"),
        severity="warn",
        fix="check the person's dates, absences and accounts.",
    ),
    Gate(
        id="DQ17",
        title="Services and bots are no persons",
        subject=PERSONS,
        look=discrepancies(NOT_HUMAN),
        fix="give the principal a cost pool in key_owners instead of a person.",
    ),
    Gate(
        id="DQ30",
        title="Everybody published has a known working time",
        subject=FIGURES,
        needs=(PERSONS,),
        look=discrepancies(NO_WORKING_TIME),
        fix="add the person's location to the working-time calendar.",
    ),
    Gate(
        id="DQ41",
        title="Persons are published only where their legal entity allows it",
        subject=PERSONS,
        needs=(FIGURES,),
        look=discrepancies(NOT_ALLOWED),
        fix="withhold them, or set the entity's mode with its notice and agreement.",
    ),
    Gate(
        id="PC04",
        title="Persons have a row for every quarter from their first to their last",
        subject=PERSONS,
        look=discrepancies(ALL_QUARTERS),
        fix="join persons to the quarter spine before anything else.",
    ),
)
