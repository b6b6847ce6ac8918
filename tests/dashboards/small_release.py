"""A release of a made-up company, as files: what the pages read and nothing else."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

RELEASE_ID = "20270205T055000Z-3f9c1a"
MADE_AT = datetime(2027, 2, 5, 5, 50, tzinfo=UTC)
PRESENT = datetime(2027, 2, 5, 6, 0, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
QUARTERS = [date(year, month, 1) for year in (2025, 2026) for month in (1, 4, 7, 10)]
QUARTERS.append(date(2027, 1, 1))
AI_STARTS = date(2026, 1, 1)
MEASURES = {
    "list_cost_usd": "usd",
    "input_uncached_tokens": "tokens",
    "cache_read_tokens": "tokens",
    "cache_write_5m_tokens": "tokens",
    "cache_write_1h_tokens": "tokens",
    "cache_write_unspecified_tokens": "tokens",
    "output_tokens": "tokens",
    "input_unspecified_tokens": "tokens",
    "requests": "requests",
    "active_days": "days",
    "delivered_n": "items",
    "merged_n": "items",
    "turnaround_hours": "hours",
    "open_items_n": "items",
}
MODES = {10: "self_only", 11: "group_only"}
USED = frozenset(list(MEASURES)[:10])
REVIEW = """
create table mart_person_efficiency_quarterly (
    person_key varchar, quarter_start date, quarter_label varchar, team varchar,
    role varchar, level varchar, work_type varchar, location varchar, entity varchar,
    publication_mode varchar, fte_days double, is_complete_quarter boolean,
    coverage double, coverage_reason varchar, status varchar, withheld_reason varchar,
    release_id varchar);
create table fct_person_figure (
    person_key varchar, quarter_start date, quarter_label varchar, measure varchar,
    unit varchar, value decimal(38,12), lo80 double, hi80 double, n_items bigint,
    reliability double, coverage double, status varchar, withheld_reason varchar,
    claim_level bigint, rule_version varchar, release_id varchar);
"""
FINANCE = """
create table mart_cost_reconciliation (
    vendor varchar, usage_date date, token_class varchar, vendor_tokens bigint,
    person_tokens bigint, service_tokens bigint, unattributed_tokens bigint,
    elsewhere_tokens bigint, unexplained_tokens bigint, list_cost_usd decimal(38,12),
    person_list_cost_usd decimal(38,12), service_list_cost_usd decimal(38,12),
    unattributed_list_cost_usd decimal(38,12), vendor_list_cost_usd decimal(38,12),
    vendor_billed_cost_usd decimal(38,12), difference_usd decimal(38,12),
    unpriced_tokens bigint, is_final boolean, release_id varchar);
"""
STEWARD = """
create table mart_publication_gate (
    candidate_id varchar, gate_id varchar, gate_subject varchar, gate_title varchar,
    severity varchar, decision varchar, observed double, threshold double,
    detail varchar, evaluated_at timestamp, release_id varchar);
create table mart_source_coverage (
    source varchar, table_name varchar, source_kind varchar, is_connected boolean,
    newest_business_date date, days_behind bigint, is_late boolean,
    expected_days_n bigint, delivered_days_n bigint, coverage double,
    restated_days_n bigint, held_pulls_n bigint, release_id varchar);
"""
GATES = [
    ("DQ01", "finance.mart_cost_reconciliation", "Vendor totals are conserved", "pass",
     0.0, 0.0, "All vendor days and token classes add up."),
    ("DQ06", "raw/anthropic/usage", "Every expected day arrived", "pass",
     0.997, 0.98, "399 of 400 days are here."),
    ("DQ07", "raw/anthropic/usage", "Days are final", "warn",
     12.0, 0.0, "12 days may still be revised by the vendor."),
    ("DQ12", "finance.mart_cost_reconciliation", "Little use is unattributed", "pass",
     0.021, 0.05, "2.1 % of list cost belongs to nobody."),
    ("DQ14", "review.fct_person_figure", "Accounts are linked", "withhold",
     3.0, 0.0, "2026-Q3: 3 person quarters are withheld."),
    ("DQ27", "git/commits", "Commit addresses are known", "warn",
     0.07, 0.05, "No account for e.g. lee.moss@demo.example."),
    ("DQ31", "warehouse", "No reason of absence is stored", "pass", None, None,
     "No such column exists."),
]  # fmt: skip
COVERAGE = [
    ("anthropic", "usage", "ai_vendor", True, date(2027, 2, 3), 2, False,
     399, 398, 0.9975, 14, 0),
    ("anthropic", "cost", "ai_vendor", True, date(2027, 1, 30), 6, True,
     399, 395, 0.99, 3, 1),
    ("jira", "issues", "issue_tracker", True, date(2027, 2, 4), 1, False,
     None, None, None, None, 0),
    ("git", "commits", "code", True, date(2027, 2, 4), 1, False,
     None, None, None, None, 0),
    ("cursor", "usage_events", "ai_vendor", False, None, None, None,
     None, None, None, None, None),
]  # fmt: skip


def person_key(number: int) -> str:
    """The review file's key of a made-up person."""
    return f"{(number * 2654435761) % 2**32:08x}{number:024x}"


def display_name(number: int) -> str:
    """A name that nobody has."""
    return f"Demo Person {number:03d}"


def names(people: int) -> dict[str, str]:
    """Display names by key."""
    return {person_key(number): display_name(number) for number in range(people)}


def label(quarter: date) -> str:
    """`2026-Q4`."""
    return f"{quarter.year}-Q{(quarter.month + 2) // 3}"


def write_release(folder: Path, people: int = 12) -> Path:
    """Write four files and the manifest; the folder."""
    folder.mkdir(parents=True)
    _write(folder / "review.duckdb", REVIEW, _review(people))
    _write(folder / "finance.duckdb", FINANCE, {"mart_cost_reconciliation": _costs()})
    steward = {
        "mart_publication_gate": [
            *(_gate(RELEASE_ID, *gate) for gate in GATES),
            _gate("20270204T055000Z-refused", *GATES[0][:3], "block", 9.0, 0.0, "9."),
        ],
        "mart_source_coverage": [(*row, RELEASE_ID) for row in COVERAGE],
    }
    _write(folder / "steward.duckdb", STEWARD, steward)
    manifest = {"release_id": RELEASE_ID, "created_at": MADE_AT.isoformat()}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def figure(number: int, quarter: date, measure: str) -> Decimal:
    """A value that no other person, quarter or measure has."""
    place = QUARTERS.index(quarter) * 20 + list(MEASURES).index(measure)
    whole = 1000 + number * 997 + place * 131
    if MEASURES[measure] in ("tokens", "requests"):
        return Decimal(whole * 10_007)
    return Decimal(whole) / {"usd": 4, "items": 100}.get(MEASURES[measure], 400)


def reason(number: int, quarter: date, measure: str | None = None) -> str | None:
    """Why a figure, or the whole quarter, is withheld; None if it is not."""
    if number in MODES:
        return "restricted_jurisdiction"
    if quarter == QUARTERS[-1]:
        return "immature"
    if number == 0 and quarter == date(2026, 7, 1):
        return "coverage_identity"
    if number % 5 == 3 and quarter <= date(2025, 4, 1):
        return "ramp"
    if quarter < AI_STARTS and measure in USED:
        return "not_connected"
    if number == 2 and measure == "turnaround_hours" and quarter < AI_STARTS:
        return "insufficient_evidence"
    return None


def _review(people: int) -> dict[str, list[tuple[Any, ...]]]:
    quarters: list[tuple[Any, ...]] = []
    figures: list[tuple[Any, ...]] = []
    for number in range(people):
        for quarter in QUARTERS:
            quarters.append(_quarter(number, quarter))
            figures += [_figure(number, quarter, measure) for measure in MEASURES]
    return {
        "mart_person_efficiency_quarterly": quarters,
        "fct_person_figure": figures,
    }


def _quarter(number: int, quarter: date) -> tuple[Any, ...]:
    held = reason(number, quarter)
    return (
        person_key(number), quarter, label(quarter), f"Team {number % 4 + 1}",
        "engineer", "senior", "greenfield", "Springfield", "Demo GmbH",
        MODES.get(number, "person"), 58.5, quarter != QUARTERS[-1],
        0.72 if held else 0.962,
        "identity" if held else "outcome_link",
        "withheld" if held else "published", held, RELEASE_ID,
    )  # fmt: skip


def _figure(number: int, quarter: date, measure: str) -> tuple[Any, ...]:
    held = reason(number, quarter, measure)
    value = None if held else figure(number, quarter, measure)
    has_range = measure == "turnaround_hours" and number == 1 and value is not None
    return (
        person_key(number), quarter, label(quarter), measure, MEASURES[measure], value,
        11.2 if has_range else None, 19.8 if has_range else None, 14, None,
        0.72 if held else 0.962, "withheld" if held else "published", held, 0,
        "rules-2027.1", RELEASE_ID,
    )  # fmt: skip


def _costs() -> Iterator[tuple[Any, ...]]:
    classes = ["input_uncached", "cache_read", "cache_write_5m", "output"]
    for offset in range(0, 399, 3):
        day = AI_STARTS + timedelta(days=offset)
        for place, token_class in enumerate(classes):
            person, service, nobody = 900_000 + offset * 7, 80_000 + place, 21_000
            elsewhere = 3_000 * place
            cost = [
                Decimal(n) * (place + 1) / 100_000 for n in (person, service, nobody)
            ]
            yield (
                "anthropic", day, token_class, person + service + nobody + elsewhere,
                person, service, nobody, elsewhere, 0, sum(cost), *cost, None, None,
                None, 0, offset < 360, RELEASE_ID,
            )  # fmt: skip


def _gate(
    candidate_id: str, gate_id: str, subject: str, title: str, decision: str,
    observed: float | None, threshold: float | None, detail: str,
) -> tuple[Any, ...]:  # fmt: skip
    severity = {"pass": "block"}.get(decision, decision)
    return (
        candidate_id, gate_id, subject, title, severity, decision, observed, threshold,
        detail, MADE_AT.replace(tzinfo=None), RELEASE_ID,
    )  # fmt: skip


def _write(path: Path, schema: str, tables: dict[str, Any]) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("begin")
        connection.execute(schema)
        for table, rows in tables.items():
            for row in rows:
                places = ", ".join("?" * len(row))
                connection.execute(f"insert into {table} values ({places})", row)
        connection.execute("commit")
