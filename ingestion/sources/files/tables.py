"""Tables of files that somebody exports: usage by row, and the charges of a bill."""

from ingestion.table import Table, columns

SOURCE = "files"

PLACE = (
    ("usage_date", "date", "UTC day the row tells of; a longer period's first day."),
    ("set_name", "string", "Name of the set of files in the configuration."),
    ("file_name", "string", "The file, below the folder of the configuration."),
    ("line", "bigint", "Line of the file, or row of a Parquet file, header included."),
    ("file_format", "string", "csv, parquet or focus."),
    ("scope", "string", "What is counted; files/<set> unless configured."),
    ("principal_type", "string", "user, service_account, api_key or unknown."),
    (
        "principal_id",
        "string",
        "Id as given, else the e-mail in lower case; empty if none.",
    ),
    ("principal_email", "string", "E-mail as given; null if the file has none."),
    (
        "provider",
        "string",
        "Who makes the model, as in the price book; null if unsaid.",
    ),
    ("model", "string", "Model name as given; null if unsaid."),
    ("product", "string", "Product or service; null if unsaid."),
    ("service_tier", "string", "Tier, e.g. batch; null if unsaid."),
    ("region", "string", "Region; null if unsaid."),
    ("project_id", "string", "Project or sub-account; null if unsaid."),
    ("api_key_id", "string", "API key or resource; null if unsaid."),
)
TOKENS = (
    (
        "input_uncached_tokens",
        "bigint",
        "Input tokens neither read from nor written to a cache; null if not reported.",
    ),
    (
        "cache_read_tokens",
        "bigint",
        "Input tokens read from a cache; null if not reported.",
    ),
    (
        "cache_write_5m_tokens",
        "bigint",
        "Input tokens written for five minutes; null if not reported.",
    ),
    (
        "cache_write_1h_tokens",
        "bigint",
        "Input tokens written for one hour; null if not reported.",
    ),
    (
        "cache_write_unspecified_tokens",
        "bigint",
        "Input tokens written, for how long is unsaid; null if not reported.",
    ),
    (
        "output_tokens",
        "bigint",
        "Output tokens, reasoning included; null if not reported.",
    ),
    (
        "input_unspecified_tokens",
        "bigint",
        "Input tokens, cached or not is unsaid; null if not reported.",
    ),
)
KEY = ("usage_date", "set_name", "file_name", "line")

USAGE = Table(
    SOURCE,
    "usage",
    "One row a line of an exported file, or a line of usage of a FOCUS bill.",
    "window",
    key=KEY,
    columns=columns(
        *PLACE,
        *TOKENS,
        ("requests", "bigint", "Calls; null if not reported."),
        (
            "tool_units",
            "decimal(38,12)",
            "Metered items that are no tokens; null if none.",
        ),
        ("tool_unit", "string", "What those items are; null if none."),
        (
            "list_amount",
            "decimal(38,12)",
            "At list price, in `currency`; null if unsaid.",
        ),
        (
            "billed_amount",
            "decimal(38,12)",
            "Charged, in `currency`; null if unsaid, and for FOCUS bills, whose charges are in `costs`.",
        ),
        ("currency", "string", "ISO 4217 code of the amounts; null without amounts."),
    ),
    day_column="usage_date",
    revision_days=7,
)
COSTS = Table(
    SOURCE,
    "costs",
    "One row a line of a FOCUS bill: usage, purchases, credits, adjustments and tax.",
    "window",
    key=KEY,
    columns=columns(
        *PLACE,
        ("charge_category", "string", "Usage, Purchase, Credit, Adjustment or Tax."),
        (
            "charge_class",
            "string",
            "Correction for a corrected earlier period; else null.",
        ),
        ("token_class", "string", "Token class of the meter, or none."),
        (
            "consumed_quantity",
            "decimal(38,12)",
            "What was consumed, in `consumed_unit`; null unless usage.",
        ),
        ("consumed_unit", "string", "Unit of the quantity; null unless usage."),
        (
            "billed_cost",
            "decimal(38,12)",
            "Invoiced, in `billing_currency`; zero where prepaid.",
        ),
        (
            "list_cost",
            "decimal(38,12)",
            "At list price, in `billing_currency`; null if unsaid.",
        ),
        (
            "contracted_cost",
            "decimal(38,12)",
            "At the negotiated price, in `billing_currency`; null if unsaid.",
        ),
        (
            "effective_cost",
            "decimal(38,12)",
            "Amortised, in `billing_currency`; null if unsaid.",
        ),
        ("billing_currency", "string", "ISO 4217 code of the costs."),
    ),
    day_column="usage_date",
    revision_days=7,
)
TABLES = (USAGE, COSTS)
