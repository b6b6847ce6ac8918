"""Tables of the Anthropic organisation: usage, cost and directories."""

from ingestion.table import Table, columns

SOURCE = "anthropic"

PRINCIPAL = (
    ("usage_date", "date", "UTC day of the vendor's report."),
    (
        "principal_type",
        "string",
        "user, service_account, api_key, federated or unknown.",
    ),
    ("principal_id", "string", "The vendor's id as given; empty when it gave none."),
    ("principal_email", "string", "E-mail as given; null when the vendor sent none."),
    ("is_deleted_user", "boolean", "The vendor says the user was deleted."),
    ("model", "string", "Model name as given."),
)
PRICING = (
    ("service_tier", "string", "Vendor's tier, e.g. standard or batch."),
    ("context_window", "string", "Vendor's context band, e.g. 0-200k."),
    ("inference_geo", "string", "Where inference ran."),
)
TOKENS = (
    (
        "uncached_input_tokens",
        "bigint",
        "Input tokens neither read from nor written to a cache.",
    ),
    ("cache_read_input_tokens", "bigint", "Input tokens read from the cache."),
    (
        "cache_creation_5m_input_tokens",
        "bigint",
        "Input tokens written for five minutes.",
    ),
    ("cache_creation_1h_input_tokens", "bigint", "Input tokens written for one hour."),
    ("output_tokens", "bigint", "Output tokens, thinking included."),
    ("total_tokens", "bigint", "The vendor's own total; null where it sends none."),
    ("requests", "bigint", "Calls; null where the endpoint does not count them."),
    ("web_search_requests", "bigint", "Web searches of the server tool."),
)
ENDPOINT = (
    "endpoint",
    "string",
    "analytics or legacy: which API answered for the day.",
)

USAGE = Table(
    SOURCE,
    "usage",
    "Tokens per UTC day, principal and pricing attributes. "
    "Older days than the analytics API reaches come from the legacy report.",
    "window",
    key=(
        "usage_date",
        "principal_type",
        "principal_id",
        "model",
        "service_tier",
        "context_window",
        "inference_geo",
    ),
    columns=columns(*PRINCIPAL, *PRICING, *TOKENS, ENDPOINT),
    day_column="usage_date",
    revision_days=30,
    optional=("model", "service_tier", "context_window", "inference_geo"),
)
USAGE_BY_KEY = Table(
    SOURCE,
    "usage_by_key",
    "The same tokens by product, workspace and API key: for ownership and reconciliation only.",
    "window",
    key=(
        "usage_date",
        "principal_type",
        "principal_id",
        "model",
        "product",
        "workspace_id",
        "api_key_id",
    ),
    columns=columns(
        *PRINCIPAL,
        (
            "product",
            "string",
            "Vendor's product, e.g. claude_code; null in the legacy report.",
        ),
        ("workspace_id", "string", "Workspace; null is the default workspace."),
        ("api_key_id", "string", "API key; null when none was used."),
        *TOKENS,
        ENDPOINT,
    ),
    day_column="usage_date",
    revision_days=30,
    optional=("model", "product", "workspace_id", "api_key_id"),
)
COST = Table(
    SOURCE,
    "cost",
    "The vendor's own cost per UTC day, principal, pricing attributes and token type. "
    "Rows of the legacy report name no principal.",
    "window",
    key=(
        "usage_date",
        "principal_type",
        "principal_id",
        "model",
        "service_tier",
        "context_window",
        "inference_geo",
        "cost_type",
        "token_type",
    ),
    columns=columns(
        *PRINCIPAL,
        *PRICING,
        ("cost_type", "string", "tokens, web_search, code_execution or session_usage."),
        ("token_type", "string", "Vendor's token type; null for other cost types."),
        ("amount_cents", "decimal(38,12)", "Charged after discount, US cents."),
        (
            "list_amount_cents",
            "decimal(38,12)",
            "At list price, US cents; null in the legacy report.",
        ),
        ("currency", "string", "Currency of the amounts."),
        ENDPOINT,
    ),
    day_column="usage_date",
    revision_days=30,
    optional=(
        "model",
        "service_tier",
        "context_window",
        "inference_geo",
        "cost_type",
        "token_type",
    ),
)
USERS = Table(
    SOURCE,
    "users",
    "Members of the organisation. Rows that vanish keep their last state.",
    "entity",
    key=("user_id",),
    columns=columns(
        ("user_id", "string", "Vendor's user id."),
        ("email", "string", "E-mail as given."),
        ("full_name", "string", "Name as given."),
        ("role", "string", "Role in the organisation."),
        ("added_at", "timestamp", "When the member was added."),
    ),
    is_census=True,
)
API_KEYS = Table(
    SOURCE,
    "api_keys",
    "API keys with their creator and principal; no secret part.",
    "entity",
    key=("api_key_id",),
    columns=columns(
        ("api_key_id", "string", "Vendor's key id."),
        ("key_name", "string", "Name of the key."),
        ("status", "string", "active, inactive, archived or expired."),
        ("created_by_id", "string", "Who created it."),
        ("created_by_type", "string", "Kind of creator."),
        (
            "principal_id",
            "string",
            "User or service account it acts for; null if none.",
        ),
        ("principal_type", "string", "user or service_account; null if none."),
        ("workspace_id", "string", "Workspace; null is the default workspace."),
        ("created_at", "timestamp", "When it was created."),
        ("expires_at", "timestamp", "When it expires; null if never."),
    ),
    is_census=True,
)
WORKSPACES = Table(
    SOURCE,
    "workspaces",
    "Workspaces, archived ones included.",
    "entity",
    key=("workspace_id",),
    columns=columns(
        ("workspace_id", "string", "Vendor's workspace id."),
        ("workspace_name", "string", "Name."),
        ("created_at", "timestamp", "When it was created."),
        ("archived_at", "timestamp", "When it was archived; null if active."),
    ),
    is_census=True,
)
TABLES = (USAGE, USAGE_BY_KEY, COST, USERS, API_KEYS, WORKSPACES)
