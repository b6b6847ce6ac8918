"""The table of receipts: external tools that people paid for and were refunded."""

from ingestion.table import Table, columns

SOURCE = "receipts"

RECEIPTS = Table(
    SOURCE,
    "receipts",
    "One row a line of a receipt. A subscription is charged whole on the first day of its month and never spread.",
    "window",
    key=("charge_date", "file_name", "line"),
    columns=columns(
        ("charge_date", "date", "Day of the charge; of a month, its first day."),
        ("file_name", "string", "The file, below the configured folder."),
        ("line", "bigint", "Line of the file."),
        ("receipt_reference", "string", "The organisation's reference of the receipt."),
        (
            "charge_kind",
            "string",
            "usage for a day's purchase, seat for a month's subscription.",
        ),
        (
            "principal_type",
            "string",
            "user, or unknown where the receipt names nobody.",
        ),
        (
            "principal_id",
            "string",
            "E-mail in lower case, else the person id; empty if none.",
        ),
        (
            "person_email",
            "string",
            "E-mail of who was refunded, as given; null if none.",
        ),
        (
            "person_id",
            "string",
            "Id of who was refunded in the people file; null if none.",
        ),
        ("tool", "string", "The tool that was paid for."),
        (
            "provider",
            "string",
            "Who makes the model, as in the price book; null if unsaid.",
        ),
        ("model", "string", "Model; null if unsaid."),
        ("amount", "decimal(38,12)", "Refunded, in `currency`."),
        ("currency", "string", "ISO 4217 code of the amount."),
        (
            "input_tokens",
            "bigint",
            "Input tokens, cached or not is unsaid; null if unknown, which is not zero.",
        ),
        (
            "output_tokens",
            "bigint",
            "Output tokens; null if unknown, which is not zero.",
        ),
        (
            "approved_on",
            "date",
            "Day the refund was approved; null while it is not, and then it does not count.",
        ),
    ),
    day_column="charge_date",
    revision_days=92,
)
TABLES = (RECEIPTS,)
