"""Gates on figures: withheld is empty, long equals wide, one release, no future."""

from expectations.evidence import FIGURES, PERSONS, TEAMS, Evidence, Finding, Look
from expectations.gate.definition import WHOLE, Gate, Looking, discrepancies

WITHHELD_FIGURES = """
select
    concat(
        measure, ' ', quarter_label, ': ', count(*), ' withheld figures have a value'
    ) as finding
from {figures}
where status = 'withheld'
    and (value is not null or lo80 is not null or hi80 is not null)
group by measure, quarter_label
order by finding
"""
WITHHELD_TEAMS = """
select
    concat(quarter_label, ': ', count(*), ' withheld teams have a figure') as finding
from {teams}
where status = 'withheld'
    and coalesce(list_cost_usd, delivered_n, merged_n, turnaround_hours) is not null
group by quarter_label
order by finding
"""
WITHHELD_PERSONS = """
select
    concat(quarter_label, ': ', count(*), ' withheld persons have a figure') as finding
from {persons}
where status = 'withheld' and coalesce(MEASURES) is not null
group by quarter_label
order by finding
"""
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
REASONS = """
select
    concat(
        quarter_label, ': ', count(*),
        ' rows are withheld without a reason, or published with one'
    ) as finding
from MART
where (status = 'withheld') <> (withheld_reason is not null)
group by quarter_label
order by finding
"""
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
UNSAID = """
select
    concat(
        measure, ' ', quarter_label, ': ', count(*), ' published figures have no value'
    ) as finding
from {figures}
where status = 'published' and value is null
group by measure, quarter_label
order by finding
"""
UNLIKE_REASON = """
select
    concat(
        'COLUMN ', quarter_label, ': ', count(*),
        ' rows have neither a value nor a reason, or both'
    ) as finding
from MART
where (COLUMN is null) <> (REASON is not null)
group by quarter_label
order by finding
"""
# Columns that share the reason for which they may be withheld.
REASON_COLUMNS = {
    "list_cost_withheld_reason": ("list_cost_usd",),
    "tokens_withheld_reason": (
        "input_uncached_tokens",
        "cache_read_tokens",
        "cache_write_5m_tokens",
        "cache_write_1h_tokens",
        "output_tokens",
        "active_days",
    ),
    "requests_withheld_reason": ("requests",),
    "delivered_withheld_reason": ("delivered_n", "open_items_n"),
    "merged_withheld_reason": ("merged_n",),
    "turnaround_withheld_reason": ("turnaround_hours",),
}
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


def withheld_persons(evidence: Evidence) -> Look:
    """Withheld rows of persons that show a figure, in the wide mart."""
    measures = _shared_measures(evidence)
    if not measures:
        return Look((), 0.0)
    shown = ", ".join(f"cast({measure} as double)" for measure in measures)
    return discrepancies(WITHHELD_PERSONS.replace("MEASURES", shown))(evidence)


def long_is_wide(evidence: Evidence) -> Look:
    """Figures whose value in the long mart is not that of the wide mart."""
    types = evidence.columns_of(PERSONS)
    found: list[Finding] = []
    for measure in _shared_measures(evidence):
        # Floating point crosses the long mart's decimal; everything else is exact.
        differs = NEARLY if types[measure] == "DOUBLE" else EXACTLY
        sql = UNLIKE.replace("DIFFERS", differs).replace("MEASURE", measure)
        found += discrepancies(sql)(evidence).findings
    return Look(tuple(found), float(len(found)))


def value_or_reason(mart: str) -> Looking:
    """Values of a wide mart that are missing without a reason, or there with one."""

    def look(evidence: Evidence) -> Look:
        names = evidence.columns_of(mart)
        found: list[Finding] = []
        for reason, columns in REASON_COLUMNS.items():
            for column in (name for name in columns if {name, reason} <= set(names)):
                sql = UNLIKE_REASON.replace("MART", mart).replace("REASON", reason)
                found += discrepancies(sql.replace("COLUMN", column))(evidence).findings
        return Look(tuple(found), float(len(found)))

    return look


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


def _shared_measures(evidence: Evidence) -> list[str]:
    """Measures of the long mart that are columns of the wide one."""
    rows = evidence.rows("select distinct measure from {figures} order by measure")
    wide = evidence.columns_of(PERSONS)
    return [row["measure"] for row in rows if row["measure"] in wide]


WITHHELD = "Withheld means that nothing is shown"
SAID = "What is missing has a reason, and what has a reason is missing"
BLANK = "set value and interval to null where the status is withheld."
GATES = (
    Gate(
        id="PC01",
        title=WITHHELD,
        subject=FIGURES,
        look=discrepancies(WITHHELD_FIGURES),
        fix=BLANK,
    ),
    Gate(
        id="PC01",
        title=WITHHELD,
        subject=PERSONS,
        needs=(FIGURES,),
        look=withheld_persons,
        fix=BLANK,
    ),
    Gate(
        id="PC01",
        title=WITHHELD,
        subject=TEAMS,
        look=discrepancies(WITHHELD_TEAMS),
        fix=BLANK,
    ),
    *(
        Gate(
            id="PC02",
            title="What is withheld has a reason, and only that",
            subject=mart,
            look=discrepancies(REASONS.replace("MART", mart)),
            fix="set status and withheld_reason in one expression.",
        )
        for mart in (FIGURES, PERSONS, TEAMS)
    ),
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
        id="PC16",
        title=SAID,
        subject=FIGURES,
        look=discrepancies(UNSAID),
        fix="withhold the figure with the reason that leaves it empty.",
    ),
    *(
        Gate(
            id="PC16",
            title=SAID,
            subject=mart,
            look=value_or_reason(mart),
            fix="derive value and reason from one expression.",
        )
        for mart in (PERSONS, TEAMS)
    ),
    Gate(
        id="PC11",
        title="Figures lie within their likely range",
        subject=FIGURES,
        look=discrepancies(OUT_OF_ORDER),
        fix="check the interval's formula, and give both ends or neither.",
    ),
)
