"""Gates on figures: long equals wide, all there, one release, no future."""

from expectations.evidence import FIGURES, PERSONS, Evidence, Finding, Look
from expectations.gate.definition import (
    WHOLE,
    Gate,
    discrepancies,
    shared_measures,
)

UNLIKE = """
select
    concat(
        'MEASURE ', quarter_start, ': ', count(*),
        ' figures differ between the two marts'
    ) as finding
from (select * from {figures} where measure = 'MEASURE') as figures
full join {persons} as wide using (person_key, quarter_start)
where DIFFERS
group by quarter_start
order by finding
"""
EXACTLY = "figures.value is distinct from wide.MEASURE"
NEARLY = """
coalesce(
    abs(figures.value - wide.MEASURE) > 1e-9,
    (figures.value is null) <> (wide.MEASURE is null)
)
"""
ANOTHER_RELEASE = "release_id is distinct from '{candidate_id}'"
ALL_MEASURES = """
with expected as (
    select persons.person_key, persons.quarter_start, measures.measure
    from {persons} as persons
    cross join (select distinct measure from {figures}) as measures
)

select concat(measure, ' ', quarter_start, ': ', count(*), ' persons have no row')
    as finding
from expected
anti join {figures} as figures using (person_key, quarter_start, measure)
group by measure, quarter_start
order by finding
"""
OUT_OF_ORDER = """
select
    concat(
        measure, ' ', quarter_label, ': ', count(*),
        ' figures lie outside their own likely range'
    ) as finding
from {figures}
where not (lo80 <= value and value <= hi80) or (lo80 is null) <> (hi80 is null)
group by measure, quarter_label
order by finding
"""


def long_is_wide(evidence: Evidence) -> Look:
    """Figures whose value in the long mart is not that of the wide mart."""
    types = evidence.columns_of(PERSONS)
    found: list[Finding] = []
    for measure in shared_measures(evidence):
        # Floating point crosses the long mart's decimal; everything else is exact.
        differs = NEARLY if types[measure] == "DOUBLE" else EXACTLY
        sql = UNLIKE.replace("DIFFERS", differs).replace("MEASURE", measure)
        found += discrepancies(sql)(evidence).findings
    return Look(tuple(found), float(len(found)))


def one_release(evidence: Evidence) -> Look:
    """Rows of any mart that do not carry this candidate's id."""
    found: list[Finding] = []
    for mart in sorted(evidence.marts):
        sql = f"from {mart} select count(*) as n where {ANOTHER_RELEASE}"
        if others := int(evidence.rows(sql)[0]["n"]):
            text = f"{mart}: {others} rows carry another release id"
            found.append(Finding(text, "block"))
    return Look(tuple(found), float(len(found)))


def no_future(evidence: Evidence) -> Look:
    """Rows of any mart on a day to come, or on a quarter that starts within a month."""
    found: list[Finding] = []
    for mart in sorted(evidence.marts):
        for column in {"quarter_start", "usage_date"} & set(evidence.columns_of(mart)):
            wrong = f"{column} > {{today}}"
            if column == "quarter_start":
                wrong += " or day(quarter_start) <> 1"
            sql = f"from {mart} select count(*) as n where {wrong}"
            if rows := int(evidence.rows(sql)[0]["n"]):
                text = f"{mart}: {rows} rows have a {column} that cannot be"
                found.append(Finding(text, "block"))
    return Look(tuple(found), float(len(found)))


GATES = (
    Gate(
        id="PC03",
        title="The long and the wide mart of persons say the same",
        subject=FIGURES,
        needs=(PERSONS,),
        look=long_is_wide,
        fix="derive one mart from the other.",
    ),
    Gate(
        id="PC04",
        title="Every person has every figure for every quarter, withheld or not",
        subject=FIGURES,
        needs=(PERSONS,),
        look=discrepancies(ALL_MEASURES),
        fix="withhold a figure that cannot be said instead of leaving it out.",
    ),
    Gate(
        id="PC05",
        title="All rows carry the id of this release",
        subject=WHOLE,
        look=one_release,
        fix="write the candidate again; its files are mixed.",
    ),
    Gate(
        id="PC06",
        title="Nothing lies in the future, and quarters start on a first",
        subject=WHOLE,
        look=no_future,
        fix="end the quarter spine at the present and check the clock of the run.",
    ),
    Gate(
        id="PC11",
        title="Figures lie within their likely range",
        subject=FIGURES,
        look=discrepancies(OUT_OF_ORDER),
        fix="check the interval's formula, and give both ends or neither.",
    ),
)
