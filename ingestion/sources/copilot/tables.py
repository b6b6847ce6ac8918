"""Tables of GitHub Copilot: activity, AI credits and seats."""

from ingestion.table import Table, columns

SOURCE = "copilot"

USER_DAYS = Table(
    SOURCE,
    "user_days",
    "What each person did with Copilot per UTC day, as the users-1-day report says. "
    "Chat on github.com and in the mobile app is not part of the report.",
    "window",
    key=("usage_date", "user_id"),
    columns=columns(
        ("usage_date", "date", "UTC day of the report."),
        ("user_id", "bigint", "GitHub's id of the user; it outlives the login."),
        ("user_login", "string", "Login as it was when the report was made."),
        (
            "organization_id",
            "string",
            "Organisation of the row; of a person who is in several the one with the "
            "most credits. Null where the report names none.",
        ),
        (
            "ai_credits_used",
            "decimal(38,12)",
            "AI credits, not meant for invoicing; null before 2026-06-19.",
        ),
        (
            "user_initiated_interaction_count",
            "bigint",
            "Prompts in editors; null where not sent.",
        ),
        (
            "code_generation_activity_count",
            "bigint",
            "Times code was suggested or written; null where not sent.",
        ),
        (
            "code_acceptance_activity_count",
            "bigint",
            "Suggestions taken, edits by agents not among them; null where not sent.",
        ),
        (
            "loc_suggested_to_add_sum",
            "bigint",
            "Lines suggested, edits by agents not among them; null where not sent.",
        ),
        ("loc_added_sum", "bigint", "Lines added with Copilot; null where not sent."),
        ("loc_deleted_sum", "bigint", "Lines deleted by it; null where not sent."),
        ("cli_session_count", "bigint", "Sessions of the CLI; null: not used."),
        ("cli_request_count", "bigint", "Model calls of the CLI; null: not used."),
        ("cli_prompt_count", "bigint", "Prompts in the CLI; null: not used."),
        (
            "cli_prompt_tokens",
            "bigint",
            "Input tokens of the CLI, cached or not is not told; null: not reported.",
        ),
        ("cli_output_tokens", "bigint", "Output tokens of the CLI; null as above."),
        ("app_request_count", "bigint", "Model calls of the app; null: not used."),
        (
            "app_prompt_tokens",
            "bigint",
            "Input tokens of the Copilot app; null: not reported.",
        ),
        ("app_output_tokens", "bigint", "Output tokens of the app; null as above."),
    ),
    day_column="usage_date",
    revision_days=9,
)
CREDIT_USAGE = Table(
    SOURCE,
    "credit_usage",
    "AI credits and dollars per UTC day, user, SKU and model from GitHub's billing. "
    "What the users asked about do not explain of a day's total has no user.",
    "window",
    key=(
        "usage_date",
        "user_login",
        "product",
        "sku",
        "model",
        "unit_type",
        "price_per_unit",
    ),
    columns=columns(
        ("usage_date", "date", "UTC day of the billing report."),
        (
            "user_login",
            "string",
            "Login that was asked about, the present one; null: nobody known.",
        ),
        ("user_id", "bigint", "GitHub's id of the user; null: nobody known."),
        ("product", "string", "Vendor's product, e.g. Copilot."),
        ("sku", "string", "Vendor's SKU, e.g. Copilot AI Credits."),
        ("model", "string", "Model name as given; null where none was sent."),
        ("unit_type", "string", "Unit of the quantities, e.g. credits."),
        ("price_per_unit", "decimal(38,12)", "US dollars a unit."),
        ("gross_quantity", "decimal(38,12)", "Units consumed."),
        (
            "discount_quantity",
            "decimal(38,12)",
            "Units of them that the plan includes.",
        ),
        ("net_quantity", "decimal(38,12)", "Units charged."),
        ("gross_amount", "decimal(38,12)", "Consumption at list price, US dollars."),
        (
            "discount_amount",
            "decimal(38,12)",
            "Part of it that the plan includes, US dollars.",
        ),
        ("net_amount", "decimal(38,12)", "Charged, US dollars."),
    ),
    day_column="usage_date",
    revision_days=7,
    optional=("user_login", "model"),
)
SEATS = Table(
    SOURCE,
    "seats",
    "Paid seats of Copilot; a seat that is no longer listed keeps its last state.",
    "entity",
    key=("user_login", "unassigned_number"),
    columns=columns(
        ("user_login", "string", "Login of the holder; empty if the seat has none."),
        (
            "unassigned_number",
            "bigint",
            "0; of seats without a holder their number in the list, from 1.",
        ),
        ("user_id", "bigint", "GitHub's id of the holder; null if none."),
        ("account_type", "string", "User or Bot as GitHub says; null if no holder."),
        ("plan_type", "string", "business, enterprise or unknown; null: not sent."),
        ("created_at", "timestamp", "When access was last granted."),
        (
            "pending_cancellation_date",
            "date",
            "Day the cancelled seat ends; null if it is not cancelled.",
        ),
        (
            "last_activity_at",
            "timestamp",
            "Last use, up to a day late; null after 90 days without any.",
        ),
        ("last_activity_editor", "string", "Editor of the last use; null as above."),
        (
            "monthly_usd",
            "decimal(38,12)",
            "Price a month as configured, US dollars; null if none is configured.",
        ),
    ),
    is_census=True,
)
TABLES = (USER_DAYS, CREDIT_USAGE, SEATS)
