"""What is kept of telemetry: counters and whose they are. Nothing else is stored.

Clients send prompts, commands and their output as attributes and bodies. What is not
named here is dropped on receipt, and is never read from files of other collectors.
"""

from typing import Final

from msgspec.structs import replace

from ingestion.errors import SchemaChanged
from ingestion.sources.otel.shapes import (
    Attribute,
    Metric,
    Point,
    Record,
    Request,
    Resource,
    ResourceLogs,
    ResourceMetrics,
    ScopeLogs,
    ScopeMetrics,
    attributes,
    nanoseconds,
    text,
    whole,
)

CLAUDE_CALL: Final = "claude_code.api_request"
CODEX_EVENTS: Final = frozenset({"codex.sse_event", "codex.websocket_event"})
GEMINI_CALL: Final = "gemini_cli.api_response"
EVENTS: Final = CODEX_EVENTS | {CLAUDE_CALL, GEMINI_CALL}
CODEX_DONE: Final = "response.completed"

TOKENS: Final = "claude_code.token.usage"
COST: Final = "claude_code.cost.usage"
ACTIVITY: Final = frozenset(
    {
        "claude_code.session.count",
        "claude_code.lines_of_code.count",
        "claude_code.commit.count",
        "claude_code.pull_request.count",
        "claude_code.code_edit_tool.decision",
        "claude_code.active_time.total",
    }
)
METRICS: Final = ACTIVITY | {TOKENS, COST}

COUNTERS: Final = frozenset(
    {
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens",
        "input_token_count", "output_token_count", "cached_token_count",
        "cached_content_token_count", "reasoning_token_count", "thoughts_token_count",
        "tool_token_count", "total_token_count",
    }
)  # fmt: skip
ATTRIBUTES: Final = COUNTERS | {
    "service.name", "session.id", "conversation.id", "user.email", "employee.email",
    "user.account_id", "user.account_uuid", "user.id", "installation.id",
    "organization.id", "event.name", "event.kind", "request_id", "model", "speed",
    "type", "decision", "query_source", "auth_type", "auth_mode", "cost_usd",
    "gen_ai.provider.name", "gen_ai.system",
}  # fmt: skip
LONGEST: Final = 300  # characters; ids and names are shorter, content is not


def reduced(request: Request) -> tuple[Request, int]:
    """(what is kept of the request, how many records and points of it are unusable)."""
    refused = 0
    logs: list[ResourceLogs] = []
    for told in request.resource_logs:
        scopes: list[ScopeLogs] = []
        for part in told.scope_logs:
            scope = part.scope.name if part.scope else ""
            records = [
                replace(
                    record,
                    event_name=event_name(record, scope),
                    body=None,
                    attributes=allowed(record.attributes),
                )
                for record in part.log_records
                if is_call(record, scope)
            ]
            usable = [record for record in records if _is_usable(record)]
            refused += len(records) - len(usable)
            if usable:
                scopes.append(replace(part, log_records=usable))
        if scopes:
            logs.append(ResourceLogs(_resource(told.resource), scopes))
    metrics: list[ResourceMetrics] = []
    for found in request.resource_metrics:
        kept: list[Metric] = []
        for metric in (m for part in found.scope_metrics for m in part.metrics):
            if metric.name not in METRICS or metric.sum is None:
                continue
            told_points = metric.sum.data_points
            points = [_point(point) for point in told_points if _is_point(point)]
            refused += len(told_points) - len(points)
            if points:
                kept.append(
                    replace(metric, sum=replace(metric.sum, data_points=points))
                )
        if kept:
            scope_metrics = [ScopeMetrics(kept)]
            metrics.append(ResourceMetrics(_resource(found.resource), scope_metrics))
    return Request(logs, metrics), refused


def event_name(record: Record, scope: str) -> str:
    """The full name of an event. Claude Code writes it into the body, and without its
    own name in front into an attribute."""
    told = attributes(record.attributes)
    name = record.event_name or text(told, "event.name") or ""
    body = record.body.plain if record.body else None
    if name in EVENTS or not isinstance(body, str):
        body = name
    if body in EVENTS:
        return body
    is_claude = "claude_code" in scope or "claude-code" in scope
    return f"claude_code.{name}" if is_claude and name == "api_request" else name


def is_call(record: Record, scope: str) -> bool:
    """Whether a record tells of a model call that was answered."""
    name = event_name(record, scope)
    if name in CODEX_EVENTS:
        return text(attributes(record.attributes), "event.kind") == CODEX_DONE
    return name in EVENTS


def allowed(told: list[Attribute]) -> list[Attribute]:
    """The attributes that are kept, without any too long for what it should be."""
    return [
        each
        for each in told
        if each.key in ATTRIBUTES
        and each.value is not None
        and (plain := each.value.plain) is not None
        and len(str(plain)) <= LONGEST
    ]


def _resource(told: Resource | None) -> Resource:
    return Resource(allowed(told.attributes) if told else [])


def _point(point: Point) -> Point:
    return replace(point, attributes=allowed(point.attributes))


def _is_usable(record: Record) -> bool:
    """Whether a record has a time, and counts where it says that it has them."""
    try:
        for key, value in attributes(record.attributes).items():
            if key in COUNTERS:
                whole(value, key)
        times = record.time_unix_nano, record.observed_time_unix_nano
        return nanoseconds(*times) > 0
    except SchemaChanged:
        return False


def _is_point(point: Point) -> bool:
    try:
        whole(point.as_int, "asInt")
        has_amount = point.as_int is not None or point.as_double is not None
        return has_amount and nanoseconds(point.time_unix_nano) > 0
    except SchemaChanged:
        return False
