"""Tables of a Claude Enterprise organisation: usage, cost and activity by seat user."""

from ingestion.table import Table, columns

SOURCE = "anthropic_enterprise"
ACTOR = (
    ("usage_date", "date", "UTC day of the vendor's report."),
    ("actor_type", "string", "user_actor, as the vendor says."),
    ("user_id", "string", "Vendor's user id; null when it gave none."),
    ("user_email", "string", "E-mail as given; null for deleted users."),
    ("is_deleted_user", "boolean", "The vendor says the user was deleted."),
)
PRICING = (
    ("product", "string", "Vendor's product, e.g. chat or cowork."),
    ("model", "string", "Model name as given."),
    ("context_window", "string", "Vendor's context band, e.g. 0-200k."),
    ("inference_geo", "string", "Where inference ran."),
)
COST_KINDS = (
    ("cost_type", "string", "tokens, web_search, code_execution or session_usage."),
    ("token_type", "string", "Vendor's token type; null for other cost types."),
)
_WHOSE = ("usage_date", "actor_type", "user_id")
_PRICED = tuple(name for name, _, _ in PRICING)
_KINDS = tuple(name for name, _, _ in COST_KINDS)

USER_USAGE = Table(
    SOURCE,
    "user_usage",
    "Tokens per UTC day, seat user, product and pricing attributes.",
    "window",
    key=(*_WHOSE, *_PRICED),
    columns=columns(
        *ACTOR,
        *PRICING,
        (
            "uncached_input_tokens",
            "bigint",
            "Input tokens neither read from nor written to a cache.",
        ),
        ("cache_read_input_tokens", "bigint", "Input tokens read from the cache."),
        ("cache_creation_5m_input_tokens", "bigint", "Written for five minutes."),
        ("cache_creation_1h_input_tokens", "bigint", "Written for one hour."),
        ("output_tokens", "bigint", "Output tokens, thinking included."),
        ("total_tokens", "bigint", "The vendor's own total."),
        ("requests", "bigint", "Calls."),
        ("web_search_requests", "bigint", "Web searches of the server tool."),
    ),
    day_column="usage_date",
    revision_days=30,
    optional=("user_id", *_PRICED),
)
USER_COST = Table(
    SOURCE,
    "user_cost",
    "Cost per UTC day, seat user, pricing attributes and token type. Where seats are "
    "paid for, usage beyond them only; the fee of a seat is in no report.",
    "window",
    key=(*_WHOSE, *_PRICED, *_KINDS),
    columns=columns(
        *ACTOR,
        *PRICING,
        *COST_KINDS,
        ("amount_cents", "decimal(38,12)", "Charged after discount, US cents."),
        ("list_amount_cents", "decimal(38,12)", "At list price, US cents."),
        ("currency", "string", "Currency of the amounts."),
    ),
    day_column="usage_date",
    revision_days=30,
    optional=("user_id", *_PRICED, *_KINDS),
)
TOOLS = ("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool")
USER_ACTIVITY = Table(
    SOURCE,
    "user_activity",
    "What each user did on a UTC day. A product that the organisation does not have "
    "is null.",
    "window",
    key=("usage_date", "user_id"),
    columns=columns(
        ("usage_date", "date", "UTC day of the vendor's report."),
        ("user_id", "string", "Vendor's user id."),
        ("user_email", "string", "E-mail as given; null when the vendor sent none."),
        ("chat_conversations", "bigint", "Conversations in Claude."),
        ("chat_messages", "bigint", "Messages in Claude."),
        ("cowork_sessions", "bigint", "Sessions of Cowork."),
        ("cowork_messages", "bigint", "Messages in Cowork."),
        ("code_sessions", "bigint", "Sessions of Claude Code."),
        ("code_commits", "bigint", "Commits that Claude Code made."),
        ("code_pull_requests", "bigint", "Pull requests that Claude Code opened."),
        ("code_lines_added", "bigint", "Lines that Claude Code added."),
        ("code_lines_removed", "bigint", "Lines that Claude Code removed."),
        *(
            (f"{tool}_{verdict}", "bigint", f"Proposals of {tool} that were {verdict}.")
            for tool in TOOLS
            for verdict in ("accepted", "rejected")
        ),
        ("web_searches", "bigint", "Web searches."),
    ),
    day_column="usage_date",
    revision_days=7,
)
