"""The table of a Lingma organisation: what each developer did a day."""

from ingestion.table import Table, columns

SOURCE = "lingma"

DEVELOPER_USAGE = Table(
    SOURCE,
    "developer_usage",
    "Chat turns and lines of code per day and developer: no tokens and no credits. A day is the vendor's, in China's time.",
    "window",
    key=("usage_date", "user_id"),
    columns=columns(
        (
            "usage_date",
            "date",
            "Day of the vendor's report, which ends at midnight in China.",
        ),
        ("user_id", "string", "Vendor's user id; there is no e-mail."),
        (
            "is_active",
            "boolean",
            "Whether the vendor calls the developer active; null if unsaid.",
        ),
        ("chat_turns", "bigint", "Questions and answers; null if unsaid."),
        ("lines_suggested", "bigint", "Lines suggested; null if unsaid."),
        ("lines_accepted", "bigint", "Lines accepted; null if unsaid."),
    ),
    day_column="usage_date",
    revision_days=3,
)
TABLES = (DEVELOPER_USAGE,)
