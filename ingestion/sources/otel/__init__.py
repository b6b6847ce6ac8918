"""OpenTelemetry of coding assistants: Claude Code, Codex CLI and Gemini CLI.

clients → `receiver` (OTLP over HTTP) → files of counters → two tables, by event day

| table       | from                                                     | needs      |
|-------------|----------------------------------------------------------|------------|
| token_usage | claude_code.api_request or claude_code.token.usage,      | the folder |
|             | codex.sse_event, gemini_cli.api_response                 | of the     |
| activity    | other claude_code metrics: sessions, lines, commits, …   | receiver   |

Clients report themselves and can be switched off: this shows gaps and reaches clients
that no vendor reports, and is weaker evidence than a vendor's own count.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.otel import tables
from ingestion.sources.otel.connection import Connection, Otel, connect
from ingestion.sources.otel.permissions import probe
from ingestion.sources.otel.reports import activity, token_usage

__all__ = ["CONNECTOR", "Connection", "Otel", "activity", "probe", "token_usage"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="OpenTelemetry of coding assistants",
    plan="clients whose managed settings export telemetry to `tokenworth receive`",
    permission="read access to the folder that the receiver writes",
    settings=Otel,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.TOKEN_USAGE, token_usage), Feed(tables.ACTIVITY, activity)),
    range_days=14,
)
