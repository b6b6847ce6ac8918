"""Tables of an OpenRouter account: activity by day and key, and the keys."""

from ingestion.table import Table, columns

SOURCE = "openrouter"

ACTIVITY = Table(
    SOURCE,
    "activity",
    "Usage by day, API key, model and endpoint of a provider.",
    "window",
    key=(
        "usage_date",
        "api_key_hash",
        "model",
        "model_permaslug",
        "endpoint_id",
        "provider_name",
    ),
    columns=columns(
        ("usage_date", "date", "UTC day."),
        (
            "api_key_hash",
            "string",
            "Key by its hash; empty: what no listed key explains, as of deleted keys.",
        ),
        ("model", "string", "Model, e.g. anthropic/claude-sonnet-4.5."),
        ("model_permaslug", "string", "Its dated name; null if unsaid."),
        ("endpoint_id", "string", "The provider's endpoint; null if unsaid."),
        ("provider_name", "string", "Who served the model; null if unsaid."),
        ("requests", "bigint", "Requests."),
        ("prompt_tokens", "bigint", "Input tokens, those of a cache included."),
        (
            "cached_tokens",
            "bigint",
            "Input read from a cache, part of prompt_tokens; null if unsaid.",
        ),
        ("completion_tokens", "bigint", "Output tokens, reasoning included."),
        (
            "reasoning_tokens",
            "bigint",
            "Reasoning, part of completion_tokens; null if unsaid.",
        ),
        (
            "usage_usd",
            "decimal(38,12)",
            "What OpenRouter charged, US dollars; for calls with a key of one's own at "
            "a provider only its fee.",
        ),
        (
            "byok_usage_usd",
            "decimal(38,12)",
            "What the provider charged for calls with a key of one's own, US dollars; "
            "null if unsaid.",
        ),
    ),
    day_column="usage_date",
    revision_days=3,
    optional=("model_permaslug", "endpoint_id", "provider_name"),
)
KEYS = Table(
    SOURCE,
    "keys",
    "API keys by their hash, with their limits; no part of the secret.",
    "entity",
    key=("key_hash",),
    columns=columns(
        ("key_hash", "string", "Vendor's hash of the key, which is no secret."),
        ("key_name", "string", "Name as given; null if none."),
        ("is_disabled", "boolean", "Whether it is switched off; null if unsaid."),
        ("limit_usd", "decimal(38,12)", "Budget, US dollars; null: without one."),
        (
            "limit_reset",
            "string",
            "When the budget starts anew, e.g. monthly; null: never.",
        ),
        ("workspace_id", "string", "Its workspace; null if unsaid."),
        (
            "creator_user_id",
            "string",
            "Who made it, which need not be who uses it; null if unsaid.",
        ),
        ("created_at", "timestamp", "When it was made; null if unsaid."),
        ("expires_at", "timestamp", "When it ends; null: never."),
    ),
    is_census=True,
)
TABLES = (ACTIVITY, KEYS)
