"""Tables of a LiteLLM proxy: calls, sums of them, and budgets of users and keys."""

from ingestion.table import Table, columns

SOURCE = "litellm"

SPEND_LOGS = Table(
    SOURCE,
    "spend_logs",
    "Calls that the proxy passed on. Prompts, answers and request bodies are never read.",
    "window",
    key=("usage_date", "request_id"),
    columns=columns(
        ("usage_date", "date", "UTC day on which the call started."),
        ("started_at", "timestamp", "When the call started, UTC."),
        ("request_id", "string", "The proxy's id of the call."),
        ("api_key", "string", "Hash of the virtual key; empty if none."),
        ("user_id", "string", "User of the key; null if it has none."),
        ("team_id", "string", "Team of the key; null if it has none."),
        (
            "model",
            "string",
            "Model, mostly after its provider and a slash; null if unsaid.",
        ),
        ("model_group", "string", "Public name of the model; null if unsaid."),
        ("provider", "string", "E.g. anthropic, vertex_ai or bedrock; null if unsaid."),
        ("prompt_tokens", "bigint", "Input tokens, those of caches included."),
        ("completion_tokens", "bigint", "Output tokens, reasoning included."),
        ("total_tokens", "bigint", "The proxy's own total."),
        (
            "cache_read_tokens",
            "bigint",
            "Of the input read from a cache; null if unsaid.",
        ),
        (
            "cache_creation_tokens",
            "bigint",
            "Of the input written to a cache; null if unsaid.",
        ),
        (
            "spend_usd",
            "decimal(38,12)",
            "The proxy's estimate, US dollars; null if none.",
        ),
        ("status", "string", "success or failure; null if unsaid."),
        ("session_id", "string", "Session; null if unsaid."),
    ),
    day_column="usage_date",
    revision_days=2,
)
DAILY_ACTIVITY = Table(
    SOURCE,
    "daily_activity",
    "The proxy's own sums of its calls by day, virtual key and model. They are the calls "
    "of spend_logs once more, to compare with and never to add.",
    "window",
    key=("usage_date", "api_key", "model"),
    columns=columns(
        ("usage_date", "date", "UTC day on which the calls started."),
        ("api_key", "string", "Hash of the virtual key; empty: of none."),
        ("model", "string", "Model as the proxy names it; null: of none."),
        ("prompt_tokens", "bigint", "Input tokens, those of caches included."),
        ("completion_tokens", "bigint", "Output tokens, reasoning included."),
        ("total_tokens", "bigint", "The proxy's own total."),
        (
            "cache_read_tokens",
            "bigint",
            "Of the input read from a cache; null if unsaid.",
        ),
        (
            "cache_creation_tokens",
            "bigint",
            "Of the input written to a cache; null if unsaid.",
        ),
        ("requests", "bigint", "Calls, failed ones included."),
        ("successful_requests", "bigint", "Calls that succeeded."),
        ("failed_requests", "bigint", "Calls that failed."),
        ("spend_usd", "decimal(38,12)", "The proxy's estimate, US dollars."),
    ),
    day_column="usage_date",
    revision_days=2,
    optional=("model",),
)
BUDGET = (
    (
        "spend_usd",
        "decimal(38,12)",
        "Estimated spend in the budget's period, US dollars.",
    ),
    (
        "max_budget_usd",
        "decimal(38,12)",
        "Most spend allowed, US dollars; null is no limit.",
    ),
    ("budget_duration", "string", "Period of the budget, e.g. 30d; null if none."),
    ("budget_reset_at", "timestamp", "When the period ends, UTC; null if none."),
)
USERS = Table(
    SOURCE,
    "users",
    "Users of the proxy and their budgets.",
    "entity",
    key=("user_id",),
    columns=columns(
        ("user_id", "string", "The proxy's user id."),
        ("email", "string", "E-mail as given; null if none."),
        ("role", "string", "Role in the proxy; null if none."),
        *BUDGET,
    ),
    is_census=True,
)
KEYS = Table(
    SOURCE,
    "keys",
    "Virtual keys by their hash, with owner and budget; no secret part.",
    "entity",
    key=("api_key",),
    columns=columns(
        ("api_key", "string", "Hash of the key."),
        ("key_alias", "string", "Name of the key; null if none."),
        ("user_id", "string", "Who owns it; null if nobody."),
        ("team_id", "string", "Team it belongs to; null if none."),
        *BUDGET,
    ),
    is_census=True,
)
TABLES = (SPEND_LOGS, DAILY_ACTIVITY, USERS, KEYS)
