"""Tables of the OpenAI organisation: usage, costs and directories."""

from ingestion.table import Table, columns

SOURCE = "openai"

_DAY = ("usage_date", "date", "UTC day of the vendor's report.")
_PROJECT = ("project_id", "string", "Project; null where the vendor names none.")

USAGE = Table(
    SOURCE,
    "usage",
    "What was used per UTC day at each usage endpoint, by user, key, project and model. "
    "A number that an endpoint does not report is null.",
    "window",
    key=(
        "usage_date",
        "endpoint",
        "project_id",
        "user_id",
        "api_key_id",
        "model",
        "is_batch",
        "service_tier",
        "image_size",
        "image_source",
        "context_level",
        "vector_store_id",
    ),
    columns=columns(
        _DAY,
        ("endpoint", "string", "Usage endpoint, e.g. completions or embeddings."),
        _PROJECT,
        ("user_id", "string", "User; null for service accounts and some older keys."),
        ("api_key_id", "string", "API key; null when none was used."),
        ("model", "string", "Model name as given; null where it does not apply."),
        (
            "is_batch",
            "boolean",
            "Whether it ran as a batch; null except for completions.",
        ),
        (
            "service_tier",
            "string",
            "Vendor's tier, e.g. default or flex; null where unsaid.",
        ),
        ("image_size", "string", "Size of images; null except for images."),
        ("image_source", "string", "How images were made; null except for images."),
        ("context_level", "string", "Context of web searches; null except for these."),
        ("vector_store_id", "string", "Vector store; null except for file searches."),
        (
            "input_tokens",
            "bigint",
            "Input tokens, those read from and written to a cache included.",
        ),
        (
            "input_cached_tokens",
            "bigint",
            "Part of the input read from a cache; null where unsaid.",
        ),
        (
            "input_cache_write_tokens",
            "bigint",
            "Part of the input written to a cache; null where unsaid.",
        ),
        (
            "input_uncached_tokens",
            "bigint",
            "The rest of the input; null in older answers.",
        ),
        (
            "output_tokens",
            "bigint",
            "Output tokens, reasoning included; null where there is no output.",
        ),
        (
            "num_model_requests",
            "bigint",
            "Calls of a model; null where the endpoint counts none.",
        ),
        ("images", "bigint", "Images; null except for images."),
        ("characters", "bigint", "Characters spoken; null except for audio_speeches."),
        ("seconds", "bigint", "Seconds heard; null except for audio_transcriptions."),
        ("usage_bytes", "bigint", "Bytes stored; null except for vector_stores."),
        (
            "num_sessions",
            "bigint",
            "Sessions; null except for code_interpreter_sessions.",
        ),
        ("num_requests", "bigint", "Searches; null except for file and web searches."),
    ),
    day_column="usage_date",
    revision_days=7,
    optional=(
        "project_id",
        "user_id",
        "api_key_id",
        "model",
        "is_batch",
        "service_tier",
        "image_size",
        "image_source",
        "context_level",
        "vector_store_id",
    ),
)
COSTS = Table(
    SOURCE,
    "costs",
    "The vendor's own costs per UTC day, project, line item and, where offered, API key. "
    "They name no user.",
    "window",
    key=(
        "usage_date",
        "project_id",
        "line_item",
        "api_key_id",
        "currency",
        "quantity_unit",
    ),
    columns=columns(
        _DAY,
        _PROJECT,
        (
            "line_item",
            "string",
            "What was charged: free text, mostly model and kind; null where unsaid.",
        ),
        (
            "api_key_id",
            "string",
            "API key; null where none was used, and in grouping `project`.",
        ),
        (
            "amount",
            "decimal(38,12)",
            "Charged, in whole units of the currency; rounded to 12 decimals, since the vendor sends binary fractions.",
        ),
        ("currency", "string", "Currency of the amount as given, e.g. usd."),
        (
            "quantity",
            "decimal(38,12)",
            "Units charged; null where no single unit applies. Rounded to 12 decimals.",
        ),
        (
            "quantity_unit",
            "string",
            "Unit of the quantity, e.g. tokens; null where none applies.",
        ),
        (
            "grouping",
            "string",
            "api_key, or project where the vendor refuses costs by key.",
        ),
    ),
    day_column="usage_date",
    revision_days=7,
    optional=("project_id", "line_item", "api_key_id", "quantity_unit"),
)
USERS = Table(
    SOURCE,
    "users",
    "Members of the organisation. Rows that vanish keep their last state.",
    "entity",
    key=("user_id",),
    columns=columns(
        ("user_id", "string", "Vendor's user id."),
        ("email", "string", "E-mail as given; null when there is none."),
        ("full_name", "string", "Name as given; null when there is none."),
        ("role", "string", "Role in the organisation; null where unsaid."),
        (
            "is_service_account",
            "boolean",
            "Whether it is no person; null where unsaid.",
        ),
        ("added_at", "timestamp", "When the member was added."),
    ),
    is_census=True,
)
PROJECTS = Table(
    SOURCE,
    "projects",
    "Projects, archived ones included.",
    "entity",
    key=("project_id",),
    columns=columns(
        ("project_id", "string", "Vendor's project id."),
        ("project_name", "string", "Name; null where unsaid."),
        ("status", "string", "active or archived; null where unsaid."),
        ("created_at", "timestamp", "When it was created."),
        ("archived_at", "timestamp", "When it was archived; null if active."),
    ),
    is_census=True,
)
API_KEYS = Table(
    SOURCE,
    "api_keys",
    "API keys of all projects with their owner; no secret part.",
    "entity",
    key=("api_key_id",),
    columns=columns(
        ("api_key_id", "string", "Vendor's key id."),
        ("key_name", "string", "Name of the key; null where unsaid."),
        ("project_id", "string", "Project that the key belongs to."),
        ("owner_type", "string", "user or service_account; null where unsaid."),
        (
            "owner_id",
            "string",
            "User or service account that owns it; null where unsaid.",
        ),
        ("owner_email", "string", "E-mail of the owner; null for service accounts."),
        ("created_at", "timestamp", "When it was created."),
    ),
    is_census=True,
)
TABLES = (USAGE, COSTS, USERS, PROJECTS, API_KEYS)
