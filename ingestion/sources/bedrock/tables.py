"""The table of AWS Bedrock's invocation logs."""

from ingestion.table import Table, columns

SOURCE = "bedrock"

INVOCATIONS = Table(
    SOURCE,
    "invocations",
    "One row per model call that Bedrock logged. A call that is logged twice counts "
    "once. Prompts and answers are not kept.",
    "window",
    key=("usage_date", "request_id"),
    columns=columns(
        ("usage_date", "date", "UTC day of the call."),
        ("request_id", "string", "Bedrock's id of the call."),
        ("invoked_at", "timestamp", "When it was called, UTC."),
        ("principal_type", "string", "user, api_key (a role that names no person), service_account (AWS's own role) or unknown."),
        ("principal_id", "string", "Session name, person of the request metadata, role or IAM user; empty if the log names none."),
        ("principal_email", "string", "Session name or metadata if it is an e-mail; null otherwise."),
        ("role_name", "string", "IAM role that was assumed; null if none was."),
        ("session_name", "string", "Session of that role as given; null without a role."),
        ("account_id", "string", "AWS account that pays; null if not said."),
        ("region", "string", "Region that was called; null if not said."),
        ("inference_region", "string", "Region that answered; null if not said."),
        ("operation", "string", "InvokeModel, Converse or a streaming one."),
        ("model_id", "string", "Model as given: an id, an inference profile or an ARN."),
        ("model", "string", "The model id without the ARN around it."),
        ("input_tokens", "bigint", "Input tokens neither read from nor written to a cache; null if not counted."),
        ("cache_read_input_tokens", "bigint", "Input tokens read from a cache; null if neither log nor answer counts them."),
        ("cache_write_input_tokens", "bigint", "Input tokens written to a cache; null if neither log nor answer counts them."),
        ("output_tokens", "bigint", "Output tokens, thinking included; null if not counted."),
        ("error_code", "string", "Why the call failed; null if it did not."),
    ),
    day_column="usage_date",
    revision_days=3,
)  # fmt: skip
TABLES = (INVOCATIONS,)
