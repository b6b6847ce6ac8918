"""The price book: dated public list prices, one row per price and span."""

from ingestion.table import Table, columns

SOURCE = "prices"

LIST_PRICES = Table(
    SOURCE,
    "list_prices",
    "List prices in US dollars per token, valid over half-open spans that never overlap.",
    "entity",
    key=(
        "vendor",
        "model",
        "token_class",
        "service_tier",
        "context_band",
        "region",
        "valid_from",
    ),
    columns=columns(
        ("vendor", "string", "Vendor that sells the model, e.g. anthropic."),
        ("model", "string", "Canonical model id."),
        ("token_class", "string", "Canonical token class, see vendors' mapping."),
        ("service_tier", "string", "standard, batch, priority, flex or fast."),
        (
            "context_band",
            "string",
            "base, or e.g. >200000: requests above so many input tokens.",
        ),
        (
            "region",
            "string",
            "Region the price is for; any: wherever no other is given.",
        ),
        ("usd_per_token", "decimal(18,12)", "US dollars per token."),
        (
            "price_source",
            "string",
            "Where the price was read, and whether it was carried back to earlier days.",
        ),
        ("source_version", "string", "Version of that source."),
        ("valid_from", "date", "First UTC day it holds; 1970-01-01 for a first price."),
        ("valid_to", "date", "First UTC day it no longer holds; null if open."),
    ),
    is_census=True,
)
MODEL_ALIASES = Table(
    SOURCE,
    "model_aliases",
    "Vendor spellings of model names and the canonical id they mean.",
    "entity",
    key=("vendor", "model_alias"),
    columns=columns(
        ("vendor", "string", "Vendor that uses the spelling."),
        ("model_alias", "string", "Model name as the vendor's report spells it."),
        ("model", "string", "Canonical model id."),
    ),
    is_census=True,
)
TABLES = (LIST_PRICES, MODEL_ALIASES)
