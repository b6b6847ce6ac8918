"""The table of Codex in a ChatGPT Enterprise workspace."""

from ingestion.table import Table, columns

SOURCE = "codex"

USAGE = Table(
    SOURCE,
    "usage",
    "What a person did with Codex per UTC day. Tokens are of all models together, since "
    "the vendor splits credits by model and tokens not at all.",
    "window",
    key=("usage_date", "started_at", "principal_type", "principal_id"),
    columns=columns(
        ("usage_date", "date", "UTC day of the vendor's report."),
        ("started_at", "timestamp", "Start of the reported time, mostly of the day."),
        ("principal_type", "string", "user, service_account, api_key or unknown."),
        (
            "principal_id",
            "string",
            "The vendor's id as given, else the e-mail; empty when it gave neither.",
        ),
        (
            "principal_email",
            "string",
            "E-mail as given; null when the vendor sent none.",
        ),
        ("threads", "bigint", "Threads; null where the vendor sends no number."),
        ("turns", "bigint", "Turns; null where the vendor sends no number."),
        (
            "credits",
            "decimal(38,12)",
            "The vendor's credits; null where it sends none. Rounded to 12 decimals, since they come as binary fractions.",
        ),
        (
            "uncached_text_input_tokens",
            "bigint",
            "Input tokens not read from a cache; null where the vendor sends none.",
        ),
        (
            "cached_text_input_tokens",
            "bigint",
            "Input tokens read from a cache; null where the vendor sends none.",
        ),
        (
            "text_output_tokens",
            "bigint",
            "Output tokens, reasoning included; null where the vendor sends none.",
        ),
        (
            "text_total_tokens",
            "bigint",
            "The vendor's own total; null where it sends none.",
        ),
        (
            "cost_usd",
            "decimal(38,12)",
            "Charged, US dollars; null where the vendor sends none.",
        ),
        (
            "estimated_cost_usd",
            "decimal(38,12)",
            "The vendor's estimate, US dollars; null where it sends none.",
        ),
        (
            "usd_per_credit",
            "decimal(38,12)",
            "Price of a credit from the configuration; null without one.",
        ),
        (
            "lines_added",
            "bigint",
            "Lines that Codex added; null where the vendor sends no number.",
        ),
        (
            "lines_removed",
            "bigint",
            "Lines that Codex removed; null where the vendor sends no number.",
        ),
    ),
    day_column="usage_date",
    revision_days=3,
)
TABLES = (USAGE,)
