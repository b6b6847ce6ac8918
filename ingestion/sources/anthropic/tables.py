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
WORKSPACE_MEMBERS = Table(
    SOURCE,
    "workspace_members",
    "Who belongs to which workspace; the default one lists nobody.",
    "entity",
    key=("workspace_id", "user_id"),
    columns=columns(
        ("workspace_id", "string", "Workspace."),
        ("user_id", "string", "Vendor's user id."),
        ("workspace_role", "string", "Role in the workspace."),
    ),
    is_census=True,
)

SESSIONS = (
    ("usage_date", "date", "UTC day of the vendor's report."),
    ("actor_type", "string", "user_actor or api_actor, as the vendor says."),
    ("email_address", "string", "E-mail as given; null for a key."),
    ("api_key_name", "string", "Name of the key, not its id; null for a user."),
    ("customer_type", "string", "api or subscription: who pays."),
    ("subscription_type", "string", "enterprise or team; null if none."),
    ("terminal_type", "string", "Terminal or editor it ran in."),
    ("is_remote", "boolean", "Ran on a machine of the vendor."),
)
WHOSE = ("email_address", "api_key_name", "subscription_type", "terminal_type")
TOOLS = ("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool")
CLAUDE_CODE = Table(
    SOURCE,
    "claude_code",
    "Claude Code by UTC day, actor and terminal: what came of it. Users that the "
    "vendor leaves out may still have used it.",
    "window",
    key=tuple(name for name, _, _ in SESSIONS),
    columns=columns(
        *SESSIONS,
        ("num_sessions", "bigint", "Sessions."),
        ("lines_of_code_added", "bigint", "Lines added and accepted."),
        ("lines_of_code_removed", "bigint", "Lines removed and accepted."),
        ("commits_by_claude_code", "bigint", "Commits it made."),
        ("pull_requests_by_claude_code", "bigint", "Pull requests it opened."),
        *(
            (f"{tool}_{verdict}", "bigint", f"Proposals of {tool} that were {verdict}.")
            for tool in TOOLS
            for verdict in ("accepted", "rejected")
        ),
    ),
    day_column="usage_date",
    revision_days=7,
    optional=WHOSE,
)
CLAUDE_CODE_MODELS = Table(
    SOURCE,
    "claude_code_models",
    "The same by model: tokens, which anthropic/usage has already, and an estimate of "
    "their list cost. For comparison, never added.",
    "window",
    key=(*(name for name, _, _ in SESSIONS), "model"),
    columns=columns(
        *SESSIONS,
        ("model", "string", "Model name as given."),
        ("input_tokens", "bigint", "Input tokens without those of the cache."),
        ("output_tokens", "bigint", "Output tokens, thinking included."),
        ("cache_read_tokens", "bigint", "Input tokens read from the cache."),
        ("cache_creation_tokens", "bigint", "Input tokens written to it."),
        ("estimated_cost_cents", "decimal(38,12)", "At list price, US cents."),
        ("currency", "string", "Currency of the estimate."),
    ),
    day_column="usage_date",
    revision_days=7,
    optional=WHOSE,
)
TABLES = (
    *(USAGE, USAGE_BY_KEY, COST, CLAUDE_CODE, CLAUDE_CODE_MODELS),
    *(USERS, API_KEYS, WORKSPACES, WORKSPACE_MEMBERS),
)
