"""Calls of the proxy, a day at a time: its pages are cut by offset, and calls that come
in between shift them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from ingestion.amount import amounts
from ingestion.clock import today
from ingestion.errors import Unavailable
from ingestion.page import Page, explained
from ingestion.pagination import MOST_PAGES
from ingestion.redaction import redact
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.shapes import CONTENT, LOGS, Counters, Log
from ingestion.sources.litellm.tables import SOURCE
from ingestion.window import ONE_DAY, Window

PAGE_SIZE: Final = 1000
NOTHING: Final = "the proxy logged no call on these days"
GONE: Final = "the proxy has removed its logs of these days"
_KNOWN: Final = (
    *("call_type", "endTime", "request_duration_ms", "completionStartTime", "model_id"),
    *("api_base", "cache_hit", "cache_key", "request_tags", "organization_id"),
    *("end_user", "mcp_namespaced_tool_name", "billing_agent_id", "agent_id"),
    *("litellm_call_id", "created_at", "updated_at", *CONTENT),
)
_NOTED: Final = (
    *("user_api_key", "user_api_key_alias", "user_api_key_team_id"),
    *("user_api_key_org_id", "user_api_key_user_id", "user_api_key_team_alias"),
    *("applied_guardrails", "status", "batch_models", "usage_object"),
    *("cold_storage_object_key", "litellm_overhead_time_ms", "cost_breakdown"),
    *("attempted_retries", "litellm_call_id", *CONTENT),
)
_COUNTERS = "data[].metadata.additional_usage_values"
_UNREAD: Final = frozenset(
    {"page_size", f"{_COUNTERS}.completion_tokens_details"}
    | {f"data[].{name}" for name in _KNOWN}
    | {f"data[].metadata.{name}" for name in _NOTED}
    | {
        f"{_COUNTERS}.prompt_tokens_details.{name}"
        for name in ("text_tokens", "audio_tokens", "image_tokens")
    }
)


def spend_logs(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `litellm/spend_logs`; raises Unavailable where a list kept moving."""
    kept: Window | None = window
    if at.logs_kept_days is not None:
        # The proxy removes logs by the hour, so of its oldest day some are gone.
        oldest = today(at.clock) - timedelta(days=at.logs_kept_days - 1)
        kept = window.since(oldest)
        if (gone := window.before(oldest)) is not None:
            yield Page(_columns([], gone), note=GONE, unreported=gone)
    if kept is not None:
        yield from explained(_days(at, kept), NOTHING)


def _days(at: Connection, window: Window) -> Iterator[Page]:
    for day in window.days():
        yield from _pages(at, Window(day, day))


def _pages(at: Connection, day: Window) -> Iterator[Page]:
    seen: set[str] = set()
    came, number = 0, 1
    while True:
        params = [
            ("start_date", f"{day.first} 00:00:00"),
            ("end_date", f"{day.first + ONE_DAY} 00:00:00"),
            ("page", str(number)),
            ("page_size", str(PAGE_SIZE)),
            # Oldest first: what comes in late moves the fewest rows.
            ("sort_by", "startTime"),
            ("sort_order", "asc"),
        ]
        body = at.api.get("/spend/logs/v2", params).body
        answer = LOGS.read(body)
        seen.update(log.request_id for log in answer.data)
        came += len(answer.data)
        yield Page(
            _columns(answer.data, day),
            body=redact(body, CONTENT),
            unknown_fields=LOGS.unknown_fields(body) - _UNREAD,
        )
        if answer.page != number or number > MOST_PAGES:
            raise _moved(f"page {answer.page} came for page {number}")
        if len(seen) != came:
            raise _moved(f"{came - len(seen)} calls came twice")
        # A capped total says nothing of the last page: only an empty page does.
        is_more = answer.data if answer.total_is_capped else number < answer.total_pages
        if not is_more:
            break
        number += 1
    if came < answer.total or (came > answer.total and not answer.total_is_capped):
        raise _moved(f"{came} calls came of {answer.total}")


def _columns(logs: list[Log], day: Window) -> dict[str, list[Any]]:
    kept = [log for log in logs if _started(log).date() == day.first]
    noted = [(log.metadata and log.metadata.additional_usage_values) for log in kept]
    counters = [each or Counters() for each in noted]
    return {
        "usage_date": [day.first] * len(kept),
        "started_at": [_started(log) for log in kept],
        "request_id": [log.request_id for log in kept],
        "api_key": [log.api_key or "" for log in kept],
        "user_id": [log.user or None for log in kept],
        "team_id": [log.team_id or None for log in kept],
        "model": [log.model or None for log in kept],
        "model_group": [log.model_group or None for log in kept],
        "provider": [log.custom_llm_provider or None for log in kept],
        "prompt_tokens": [log.prompt_tokens for log in kept],
        "completion_tokens": [log.completion_tokens for log in kept],
        "total_tokens": [log.total_tokens for log in kept],
        "cache_read_tokens": [each.cache_read for each in counters],
        "cache_creation_tokens": [each.cache_creation for each in counters],
        "spend_usd": amounts([log.spend for log in kept], LOGS, "data[].spend"),
        "status": [log.status or None for log in kept],
        "session_id": [log.session_id or None for log in kept],
    }


def _started(log: Log) -> datetime:
    """The instant in UTC, which the proxy means where it names no zone."""
    at = log.started_at
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _moved(problem: str) -> Unavailable:
    return Unavailable(
        SOURCE,
        f"GET /spend/logs/v2: the list moved while it was read: {problem}; nothing of "
        "this pull was kept.",
        fix="run again; a day that is over stands still.",
    )
