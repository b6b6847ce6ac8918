"""Configuration that SQL needs, landed like any source so that it is versioned with the data."""

from ingestion.table import Table, columns

SOURCE = "config"

SETTINGS = Table(
    SOURCE,
    "settings",
    "One row: the organisation's settings in force for the build.",
    "entity",
    key=("organisation",),
    columns=columns(
        ("organisation", "string", "Name of the organisation."),
        ("time_zone", "string", "Reporting time zone; days of events are in it."),
        ("fiscal_year_starts_month", "bigint", "1 to 12."),
        ("as_of_at", "timestamp", "The clock at the start of the run, UTC."),
        ("outcomes_start_date", "date", "First day for which outcomes are expected."),
        ("configuration_hash", "string", "Hash of the effective configuration."),
    ),
    is_census=True,
)
SOURCES = Table(
    SOURCE,
    "sources",
    "Every known source and whether this organisation connected it.",
    "entity",
    key=("source",),
    columns=columns(
        ("source", "string", "Source."),
        (
            "source_kind",
            "string",
            "ai_vendor, issue_tracker, code, deliverables or organisation.",
        ),
        ("is_connected", "boolean", "Named in the configuration."),
        ("starts_on", "date", "First day expected from it; null if not connected."),
        ("revision_days", "bigint", "Days the vendor may still revise."),
        ("reporting_lag_days", "bigint", "Days until a day's report is expected."),
    ),
    is_census=True,
)
ENTITIES = Table(
    SOURCE,
    "entities",
    "Legal entities and what may be published about their people.",
    "entity",
    key=("entity",),
    columns=columns(
        ("entity", "string", "Legal entity."),
        ("mode", "string", "person, self_only, group_only or off."),
        ("notice_ref", "string", "Notice given to the people; null if none."),
        (
            "agreement_ref",
            "string",
            "Agreement with their representatives; null if none.",
        ),
        ("dpia_ref", "string", "Data protection impact assessment; null if none."),
    ),
    is_census=True,
)
THRESHOLDS = Table(
    SOURCE,
    "thresholds",
    "Thresholds of rules and gates in force for the build.",
    "entity",
    key=("threshold",),
    columns=columns(
        ("threshold", "string", "Name of the threshold."),
        ("threshold_value", "double", "Its value."),
    ),
    is_census=True,
)
TABLES = (SETTINGS, SOURCES, ENTITIES, THRESHOLDS)
