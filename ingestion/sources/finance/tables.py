"""Tables of contracts, exchange rates, commitments and invoices."""

from ingestion.table import Table, columns

SOURCE = "finance"

CONTRACT_PRICES = Table(
    SOURCE,
    "contract_prices",
    "Prices and discounts agreed with a vendor; '*' stands for every value of a column.",
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
        ("vendor", "string", "Provider in the price book, e.g. anthropic."),
        ("model", "string", "Canonical model id, or * for every model."),
        ("token_class", "string", "Canonical token class, or *."),
        ("service_tier", "string", "Service tier as in the price book, or *."),
        ("context_band", "string", "Context band as in the price book, or *."),
        ("region", "string", "Region as the vendor reports it, or *."),
        (
            "usd_per_million",
            "decimal(18,12)",
            "US dollars per million tokens; null for a discount.",
        ),
        (
            "discount_share",
            "decimal(18,12)",
            "Share taken off the list price, 0 to 1; null for a price.",
        ),
        ("valid_from", "date", "First UTC day it holds."),
        ("valid_to", "date", "Last UTC day it holds; null if open."),
        ("evidence", "string", "Where the agreement is written down; null if nowhere."),
    ),
    is_census=True,
)
EXCHANGE_RATES = Table(
    SOURCE,
    "exchange_rates",
    "US dollars per unit of a currency, as published for a day.",
    "entity",
    key=("currency", "rate_date"),
    columns=columns(
        ("currency", "string", "Currency code, e.g. EUR."),
        ("rate_date", "date", "Day the rate was published for."),
        ("usd_per_unit", "decimal(38,12)", "US dollars for one unit of the currency."),
        ("rate_source", "string", "Who published it."),
    ),
    is_census=True,
)
COMMITMENTS = Table(
    SOURCE,
    "commitments",
    "Money paid or promised to a vendor ahead of use.",
    "entity",
    key=("vendor", "commitment_id"),
    columns=columns(
        ("vendor", "string", "Source of the vendor's usage, e.g. anthropic."),
        ("commitment_id", "string", "Id of the agreement or order."),
        ("kind", "string", "prepaid_credit or commitment."),
        ("amount", "decimal(38,12)", "Amount in its currency."),
        ("currency", "string", "Currency code."),
        ("starts_on", "date", "First UTC day it may be used."),
        ("ends_on", "date", "Last UTC day it may be used."),
        ("evidence", "string", "Where it is written down; null if nowhere."),
    ),
    is_census=True,
)
INVOICE_LINES = Table(
    SOURCE,
    "invoice_lines",
    "Lines of vendors' invoices as billed.",
    "entity",
    key=("vendor", "invoice_id", "line_number"),
    columns=columns(
        ("vendor", "string", "Source of the vendor's usage, e.g. anthropic."),
        ("invoice_id", "string", "Number of the invoice."),
        ("line_number", "bigint", "Line on the invoice, from 1."),
        ("period_start", "date", "First day billed, in the bill's time zone."),
        ("period_end", "date", "First day after it."),
        ("time_zone", "string", "IANA zone in which the vendor cuts days."),
        ("issued_at", "timestamp", "When the invoice was issued, UTC."),
        (
            "charge_kind",
            "string",
            "usage, tool, seat, discount, credit, overage, commitment, tax or adjustment.",
        ),
        ("model", "string", "Model as billed; null if the line names none."),
        ("service_tier", "string", "Service tier as billed; null if none is named."),
        (
            "token_class",
            "string",
            "Canonical token class; null if the line is of no one class.",
        ),
        ("quantity", "decimal(38,12)", "Quantity billed; null if none is named."),
        (
            "quantity_unit",
            "string",
            "What is counted, e.g. tokens or seats; null without quantity.",
        ),
        (
            "unit_price",
            "decimal(38,12)",
            "Price of one unit in the currency; null if none is named.",
        ),
        (
            "amount",
            "decimal(38,12)",
            "Amount of the line in the currency; negative lowers the bill.",
        ),
        ("currency", "string", "Currency code of the invoice."),
    ),
    is_census=True,
)
TABLES = (CONTRACT_PRICES, EXCHANGE_RATES, COMMITMENTS, INVOICE_LINES)
