"""Gates on withholding: withheld shows nothing, and nothing is missing unsaid."""

from expectations.evidence import FIGURES, PERSONS, TEAMS, Evidence, Finding, Look
from expectations.gate.definition import Gate, Looking, discrepancies, shared_measures

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
    and coalesce(
        list_cost_usd, delivered_n, merged_n, linked_share, turnaround_hours
    ) is not null
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
        "cache_write_unspecified_tokens",
        "output_tokens",
        "input_unspecified_tokens",
    ),
    "active_days_withheld_reason": ("active_days",),
    "requests_withheld_reason": ("requests",),
    "delivered_withheld_reason": ("delivered_n", "delivered_spread_n", "open_items_n"),
    "weighted_withheld_reason": ("delivered_w",),
    "reopened_withheld_reason": ("reopened_share",),
    "merged_withheld_reason": ("merged_n",),
    "reverted_withheld_reason": ("reverted_share",),
    "rewritten_withheld_reason": ("rewritten_own_share", "rewritten_others_share"),
    "ai_assisted_withheld_reason": ("ai_assisted_share",),
    "turnaround_withheld_reason": ("turnaround_hours",),
    "pull_request_withheld_reason": ("pull_request_hours",),
    "reviews_withheld_reason": ("reviews_given",),
    "review_withheld_reason": ("review_hours",),
    "linked_withheld_reason": ("linked_share",),
}


def withheld_persons(evidence: Evidence) -> Look:
    """Withheld rows of persons that show a figure, in the wide mart."""
    measures = shared_measures(evidence)
    if not measures:
        return Look((), 0.0)
    shown = ", ".join(f"cast({measure} as double)" for measure in measures)
    return discrepancies(WITHHELD_PERSONS.replace("MEASURES", shown))(evidence)


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
)
