"""Gates on what is there: days, marts, volume; and that missing is not zero."""

from expectations.evidence import (
    COSTS,
    COVERAGE,
    FIGURES,
    GATE_RESULTS,
    PERSONS,
    Evidence,
    Finding,
    Look,
)
from expectations.gate.definition import WHOLE, Gate, discrepancies, measured
from expectations.suites import SUITES

FEED_DAYS = """
select
    concat(
        source, '/', table_name, ': ', delivered_days_n, ' of ', expected_days_n,
        ' days are here'
    ) as finding,
    delivered_days_n / expected_days_n as observed,
    case
        when source_kind = 'ai_vendor'
            and delivered_days_n / expected_days_n < {feed_days_block} then 'block'
        when delivered_days_n < expected_days_n then 'warn'
        else 'pass'
    end as decision
from {coverage}
where is_connected and expected_days_n > 0
order by observed
"""
LATE = """
select
    concat(
        source, '/', table_name, ': its newest day is ',
        coalesce(cast(newest_business_date as varchar), 'none')
    ) as finding
from {coverage}
where is_connected and is_late
order by finding
"""
FINAL_DAYS = """
select
    concat(
        vendor, ' ', year(usage_date), '-Q', quarter(usage_date), ': ',
        count(distinct usage_date), ' days may still be revised'
    ) as finding
from {costs}
where not is_final
    and date_trunc('quarter', usage_date) + interval 3 months <= {today}
group by vendor, year(usage_date), quarter(usage_date)
order by finding
"""
NOT_CONNECTED = """
with connected as (
    select source_kind, bool_or(is_connected) as is_connected
    from {coverage}
    group by source_kind
),

measures(measure, source_kind) as (
    values
        ('list_cost_usd', 'ai_vendor'),
        ('input_uncached_tokens', 'ai_vendor'),
        ('cache_read_tokens', 'ai_vendor'),
        ('cache_write_5m_tokens', 'ai_vendor'),
        ('cache_write_1h_tokens', 'ai_vendor'),
        ('cache_write_unspecified_tokens', 'ai_vendor'),
        ('output_tokens', 'ai_vendor'),
        ('input_unspecified_tokens', 'ai_vendor'),
        ('requests', 'ai_vendor'),
        ('active_days', 'ai_vendor'),
        ('delivered_n', 'issue_tracker'),
        ('turnaround_hours', 'issue_tracker'),
        ('open_items_n', 'issue_tracker'),
        ('delivered_w', 'issue_tracker'),
        ('delivered_spread_n', 'issue_tracker'),
        ('reopened_share', 'issue_tracker'),
        ('merged_n', 'code'),
        ('reverted_share', 'code'),
        ('rewritten_own_share', 'code'),
        ('rewritten_others_share', 'code'),
        ('ai_assisted_share', 'code'),
        ('pull_request_hours', 'code'),
        ('reviews_given', 'code'),
        ('review_hours', 'code'),
        ('deliverables_n', 'deliverables'),
        ('deliverable_turnaround_hours', 'deliverables'),
        ('deliverable_returned_share', 'deliverables')
)

select
    concat(
        measure, ' ', quarter_label, ': ', count(*),
        ' figures have a value, and nothing of kind ', source_kind, ' is connected'
    ) as finding
from {figures}
inner join measures using (measure)
left join connected using (source_kind)
where value is not null and not coalesce(connected.is_connected, false)
group by measure, quarter_label, source_kind
order by finding
"""


def expected_marts(evidence: Evidence) -> Look:
    """Marts without a suite, and suites without their mart."""
    missing = [f"{mart} is missing" for mart in sorted(set(SUITES) - evidence.marts)]
    unknown = [f"{mart} has no suite" for mart in sorted(evidence.marts - set(SUITES))]
    found = [Finding(text, "block") for text in (*missing, *unknown)]
    return Look(tuple(found), float(len(found)))


def volume(evidence: Evidence) -> Look:
    """Marts whose number of rows moved more than expected since the last release."""
    if evidence.previous is None:
        return Look((), None, "there is no release to compare with")
    both = sorted(evidence.marts & evidence.previous.marts - {GATE_RESULTS})
    changes: list[float] = []
    found: list[Finding] = []
    for mart in both:
        before, now = _count(evidence.previous, mart), _count(evidence, mart)
        changes.append(abs(now - before) / max(before, 1))
        if changes[-1] > evidence.thresholds["volume_change_warn"]:
            text = f"{mart}: {now} rows, {before} in the last release"
            found.append(Finding(text, "warn"))
    return Look(tuple(found), max(changes, default=0.0))


def _count(evidence: Evidence, mart: str) -> int:
    return int(evidence.rows(f"from {mart} select count(*) as n")[0]["n"])


GATES = (
    Gate(
        id="DQ06",
        title="Every day that was due arrived",
        subject=COVERAGE,
        look=measured(FEED_DAYS),
        threshold="feed_days_block",
        fix="pull the missing days again with a backfill, or name the first day that "
        "the source has as its starts_on.",
    ),
    Gate(
        id="PC17",
        title="No connected source is late",
        subject=COVERAGE,
        look=discrepancies(LATE, "warn"),
        severity="warn",
        fix="see in the pull receipts whether the source failed or has nothing new.",
    ),
    Gate(
        id="DQ07",
        title="No day of a quarter that is over may still be revised",
        subject=COSTS,
        look=discrepancies(FINAL_DAYS, "warn"),
        severity="warn",
        fix="wait for the vendor's revision window before figures are sealed.",
    ),
    Gate(
        id="PC07",
        title="Each mart has about as many rows as in the last release",
        subject=WHOLE,
        look=volume,
        severity="warn",
        threshold="volume_change_warn",
        fix="look whether a source lost rows; a change that is meant needs nothing.",
    ),
    Gate(
        id="PC09",
        title="Every expected mart is there, and every mart has a suite",
        subject=WHOLE,
        look=expected_marts,
        fix="build the missing mart, or add its suite to expectations/suites.",
    ),
    Gate(
        id="PC10",
        title="What is not connected is unknown and not zero",
        subject=FIGURES,
        needs=(COVERAGE, PERSONS),
        look=discrepancies(NOT_CONNECTED),
        fix="withhold the figure with the reason not_connected.",
    ),
)
