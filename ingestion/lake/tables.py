"""Tables that the lake and the gate write about themselves."""

from ingestion.table import Table, columns

RECEIPTS = Table(
    "pulls",
    "receipts",
    "One row per pull, table and day (or table, for entities): what was asked and what came.",
    "entity",
    key=("pull_id", "source", "table_name", "window_day"),
    columns=columns(
        ("source", "string", "Source."),
        ("table_name", "string", "Table within the source."),
        ("window_day", "date", "Day of a window table; null for an entity table."),
        ("row_count", "bigint", "Rows in force after the pull."),
        ("content_hash", "string", "Hash of those rows without provenance."),
        (
            "outcome",
            "string",
            "changed, unchanged, held, or unreported: not or no longer in full; what was "
            "in force stays.",
        ),
        (
            "unknown_fields",
            "string",
            "Fields of the vendor not read, comma between; null if none.",
        ),
        (
            "refreshed_at",
            "timestamp",
            "When the vendor says it last refreshed; null if unsaid.",
        ),
        (
            "note",
            "string",
            "Why a period is empty or partial, as the vendor tells; null if unsaid.",
        ),
        ("pulled_at", "timestamp", "When the pull ended, UTC."),
    ),
    optional=("window_day",),
)
GATE_RESULTS = Table(
    "gate",
    "results",
    "Every decision of every gate on every release candidate, refused ones included.",
    "entity",
    key=("candidate_id", "gate_id", "gate_subject"),
    columns=columns(
        ("candidate_id", "string", "Release candidate."),
        ("gate_id", "string", "Gate, e.g. DQ01."),
        ("gate_subject", "string", "Mart or slice it looked at."),
        ("gate_title", "string", "What it checks, in words."),
        ("severity", "string", "block, withhold or warn."),
        ("decision", "string", "pass, block, withhold or warn."),
        ("observed", "double", "Observed value; null if not a number."),
        ("threshold", "double", "Threshold it was held against; null if exact."),
        ("detail", "string", "What was found, in words."),
        ("evaluated_at", "timestamp", "When, UTC."),
    ),
)
TABLES = (RECEIPTS, GATE_RESULTS)
