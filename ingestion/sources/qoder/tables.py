"""Tables of a Qoder organisation: what each use cost in credits, and the members."""

from ingestion.table import Table, columns

SOURCE = "qoder"

USAGE_EVENTS = Table(
    SOURCE,
    "usage_events",
    "Records of credits used, by instant and user. The vendor gives them no id.",
    "window",
    key=(
        "usage_date",
        "used_at",
        "user_id",
        "usage_source",
        "operation",
        "model_tier",
        "occurrence",
    ),
    columns=columns(
        ("usage_date", "date", "UTC day of the instant."),
        ("used_at", "timestamp", "When, UTC."),
        ("user_id", "string", "Vendor's user id; empty if none."),
        ("user_email", "string", "E-mail as given; null if none."),
        (
            "usage_source",
            "string",
            "IDE, CLI, JetBrains Plugin, Web or QoderWork; null if unsaid.",
        ),
        ("operation", "string", "E.g. Agent or Inline Chat; null if unsaid."),
        ("model_tier", "string", "Tier or model, e.g. Ultimate; null if unsaid."),
        (
            "occurrence",
            "bigint",
            "From 1: tells records apart that are otherwise alike.",
        ),
        (
            "credits",
            "decimal(20,8)",
            "Credits used; what lies below eight decimals is noise of a binary fraction.",
        ),
        (
            "vendor_cost",
            "decimal(38,12)",
            "The vendor's `cost`, of a unit it does not name; null if unsaid.",
        ),
        (
            "usd_per_credit",
            "decimal(18,12)",
            "Price of a credit as configured, US dollars; null if it is not.",
        ),
    ),
    day_column="usage_date",
    revision_days=3,
    optional=("usage_source", "operation", "model_tier"),
)
MEMBERS = Table(
    SOURCE,
    "members",
    "Members of the organisation, removed ones included.",
    "entity",
    key=("member_id",),
    columns=columns(
        (
            "member_id",
            "string",
            "Vendor's member id, which is not the user id of usage.",
        ),
        ("email", "string", "E-mail as given; null if unsaid."),
        ("full_name", "string", "Name as given; null if unsaid."),
        ("role", "string", "Role in the organisation; null if unsaid."),
        ("status", "string", "ENABLED, DELETED or as the vendor says."),
        ("joined_at", "timestamp", "When the member joined; null if unsaid."),
        ("deleted_at", "timestamp", "When the member was removed; null if not."),
    ),
    is_census=True,
)
TABLES = (USAGE_EVENTS, MEMBERS)
