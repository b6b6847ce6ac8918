"""Tables of coding assistants' own telemetry."""

from ingestion.table import Table, columns

SOURCE = "otel"

EVENT = (
    ("usage_date", "date", "UTC day of the event, by the client's clock."),
    (
        "event_id",
        "string",
        "The vendor's request id, or a hash of what the event says.",
    ),
    ("event_at", "timestamp", "When the client says it happened, UTC."),
    ("tool", "string", "claude_code, codex or gemini_cli."),
    (
        "signal",
        "string",
        "log (an event), delta or cumulative (a metric's temporality).",
    ),
    ("session_id", "string", "The client's session; null if it sends none."),
    (
        "user_email",
        "string",
        "E-mail of the login, or the one injected as employee.email; null if neither was sent.",
    ),
    (
        "is_email_injected",
        "boolean",
        "The e-mail comes from employee.email; null without an e-mail.",
    ),
    ("account_id", "string", "The vendor's id of the account; null if not sent."),
    ("account_uuid", "string", "The vendor's UUID of the account; null if not sent."),
    (
        "installation_id",
        "string",
        "Anonymous id of the installation; null if not sent.",
    ),
    ("organization_id", "string", "The vendor's organisation; null if not sent."),
    (
        "platform",
        "string",
        "bedrock or vertex, where the calls go to a cloud; null otherwise.",
    ),
)
TOKEN_USAGE = Table(
    SOURCE,
    "token_usage",
    "One row per model call or per point of a token metric, as the client counts. "
    "Counters are as sent, and each tool has its own convention: Claude Code's input "
    "excludes its cache, Codex's and Gemini's includes it, and Gemini counts thoughts "
    "apart from output.",
    "window",
    key=("usage_date", "event_id"),
    columns=columns(
        *EVENT,
        ("request_id", "string", "The vendor's id of the call; null if not sent."),
        ("auth_type", "string", "How the client is signed in; null if not sent."),
        ("speed", "string", "normal or fast; null if not sent."),
        ("model", "string", "Model as given; null if not sent."),
        ("input_tokens", "bigint", "Input tokens as sent; null if not sent."),
        ("cache_read_tokens", "bigint", "Input tokens read from a cache; null if not sent."),
        ("cache_creation_tokens", "bigint", "Input tokens written to a cache; null if not sent."),
        ("output_tokens", "bigint", "Output tokens as sent; null if not sent."),
        ("reasoning_tokens", "bigint", "Codex: reasoning inside output; null if not sent."),
        ("thoughts_tokens", "bigint", "Gemini: thoughts beside output; null if not sent."),
        ("tool_tokens", "bigint", "Gemini: tokens of tool prompts; null if not sent."),
        ("total_tokens", "bigint", "The client's own total; null if not sent."),
        ("cost_usd", "decimal(38,12)", "The client's estimate, US dollars, to 12 decimals; null if not sent."),
    ),
    day_column="usage_date",
    revision_days=7,
)  # fmt: skip
ACTIVITY = Table(
    SOURCE,
    "activity",
    "One row per point of a Claude Code metric that counts no tokens.",
    "window",
    key=("usage_date", "event_id"),
    columns=columns(
        *EVENT,
        ("metric", "string", "Name of the metric as given."),
        ("kind", "string", "added or removed, accept or reject; null where the metric has no kinds."),
        ("amount", "decimal(38,12)", "What was added since the point before: items or seconds; null if that cannot be told."),
    ),
    day_column="usage_date",
    revision_days=7,
)  # fmt: skip
TABLES = (TOKEN_USAGE, ACTIVITY)
