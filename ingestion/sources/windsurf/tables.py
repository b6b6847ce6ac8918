"""Tables of a Windsurf team: what each member did a day, and the members."""

from ingestion.table import Table, columns

SOURCE = "windsurf"

USER_DAYS = Table(
    SOURCE,
    "user_days",
    "Cascade per UTC day and member: its runs by model and mode, and its lines of code.",
    "window",
    key=("usage_date", "user_email", "record", "model", "mode"),
    columns=columns(
        ("usage_date", "date", "UTC day of the vendor's report."),
        ("user_email", "string", "The member's e-mail as the vendor lists it."),
        ("record", "string", "runs or lines: what the row tells of."),
        (
            "model",
            "string",
            "Model of runs as the vendor names it; null if unsaid and for lines.",
        ),
        (
            "mode",
            "string",
            "Mode of runs, e.g. CONVERSATIONAL_PLANNER_MODE_DEFAULT; null if unsaid and for lines.",
        ),
        (
            "conversations",
            "bigint",
            "Conversations with runs of this model and mode: one with two models counts in both rows; null for lines.",
        ),
        ("messages_sent", "bigint", "Messages of runs; null for lines."),
        (
            "prompts_used",
            "bigint",
            "Hundredths of a credit used by runs; null for lines.",
        ),
        ("lines_suggested", "bigint", "Lines suggested; null for runs."),
        ("lines_accepted", "bigint", "Lines accepted; null for runs."),
        (
            "usd_per_credit",
            "decimal(18,12)",
            "Price of a credit as configured, US dollars; null if it is not.",
        ),
    ),
    day_column="usage_date",
    revision_days=3,
    optional=("model", "mode"),
)
USERS = Table(
    SOURCE,
    "users",
    "Members of the team. Rows that vanish keep their last state.",
    "entity",
    key=("email",),
    columns=columns(
        ("email", "string", "E-mail as given."),
        ("full_name", "string", "Name as given; null if unsaid."),
        ("active_days", "bigint", "Days with use, as the vendor counts them."),
        (
            "last_used_at",
            "timestamp",
            "When the member's row last changed; null if unsaid.",
        ),
    ),
    is_census=True,
)
TABLES = (USER_DAYS, USERS)
