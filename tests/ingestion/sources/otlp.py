"""OTLP as coding assistants send it, and what the source reads of it."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ingestion.clock import FixedClock
from ingestion.connector import Surroundings
from ingestion.sources import otel
from ingestion.window import Window

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLOCK = FixedClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
CLAUDE_SCOPE = "com.anthropic.claude_code.events"


def nano(at: datetime) -> str:
    return str(int(at.timestamp()) * 1_000_000_000 + at.microsecond * 1000)


def attributes(told: Mapping[str, Any]) -> list[Any]:
    return [{"key": key, "value": value(each)} for key, each in told.items()]


def value(told: Any) -> Any:
    if isinstance(told, bool):
        return {"boolValue": told}
    if isinstance(told, int):
        return {"intValue": str(told)}
    if isinstance(told, float):
        return {"doubleValue": told}
    return {"stringValue": told}


def record(at: datetime = NOON, body: str | None = None, **told: Any) -> Any:
    """A log record; attributes have `__` where their names have a dot."""
    said = {name.replace("__", "."): each for name, each in told.items()}
    found = {"timeUnixNano": nano(at), "attributes": attributes(said)}
    return found if body is None else {**found, "body": {"stringValue": body}}


def claude(at: datetime = NOON, request_id: str | None = "req_1", **told: Any) -> Any:
    """One call of Claude Code, as its documentation has it."""
    said = {
        "event__name": "api_request", "session__id": "s-1", "model": "claude-opus-4-8",
        "input_tokens": 4, "output_tokens": 512, "cache_read_tokens": 81000,
        "cache_creation_tokens": 12000, "cost_usd": 0.1309, **told,
    }  # fmt: skip
    if request_id is not None:
        said["request_id"] = request_id
    return record(at, "claude_code.api_request", **said)


def codex(at: datetime = NOON, **told: Any) -> Any:
    """One answer that Codex got."""
    said = {
        "event__name": "codex.sse_event", "event__kind": "response.completed",
        "conversation__id": "c-1", "model": "gpt-5", "input_token_count": 20000,
        "cached_token_count": 16000, "output_token_count": 700,
        "reasoning_token_count": 400, "tool_token_count": 20700, **told,
    }  # fmt: skip
    return record(at, **said)


def logs(*records: Any, scope: str = CLAUDE_SCOPE, **resource: Any) -> Any:
    said = {name.replace("__", "."): each for name, each in resource.items()}
    part = {"scope": {"name": scope}, "logRecords": list(records)}
    told = {"resource": {"attributes": attributes(said)}, "scopeLogs": [part]}
    return {"resourceLogs": [told]}


def point(
    amount: float, at: datetime = NOON, started: datetime | None = None, **told: Any
) -> Any:
    said = {"session__id": "s-1", "user__email": "dev@works.example", **told}
    said = {name.replace("__", "."): each for name, each in said.items()}
    return {
        "attributes": attributes(said),
        "startTimeUnixNano": nano(started or NOON.replace(hour=8)),
        "timeUnixNano": nano(at),
        "asDouble": amount,
    }


def metrics(
    *points: Any, name: str = "claude_code.token.usage", temporality: Any = 1
) -> Any:
    total = {"dataPoints": list(points), "aggregationTemporality": temporality}
    part = {"metrics": [{"name": name, "unit": "tokens", "sum": total}]}
    return {"resourceMetrics": [{"resource": {}, "scopeMetrics": [part]}]}


def put(folder: Path, *requests: Any, day: date = DAY, name: str = "a.jsonl") -> Path:
    """A file as the receiver writes it."""
    path = folder / day.isoformat() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in requests))
    return path


def connection(folder: Path, clock: FixedClock = CLOCK) -> Any:
    settings = otel.Otel(folder=folder, starts_on=date(2026, 11, 2))
    around = Surroundings(clock, lambda name: name, folder)
    return otel.CONNECTOR.connect(settings, around)


def rows(folder: Path, first: date = DAY, last: date | None = None) -> list[Any]:
    """Rows of token usage, by time."""
    window = Window(first, last or first)
    pages = list(otel.token_usage(connection(folder), window))
    found = [
        dict(zip(page.columns, values, strict=True))
        for page in pages
        for values in zip(*page.columns.values(), strict=True)
    ]
    return sorted(found, key=lambda row: (row["event_at"], row["event_id"]))
