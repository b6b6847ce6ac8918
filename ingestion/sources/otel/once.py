"""What is counted once of what clients say twice.

Claude Code sends events and metrics of the same tokens; Codex sends each event with and
without its user.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from ingestion.sources.otel.events import LOG, Event

_TWINS_WITHIN: Final = timedelta(seconds=2)


def calls(logs: Iterable[Event]) -> list[Event]:
    """The events without the unnamed twins of Codex; an unnamed one whose twin never
    came stays."""
    told = list(logs)
    named = [each for each in told if each.is_named]
    sessions = {each.session_id for each in named if each.session_id}
    by_counters: dict[object, list[Event]] = {}
    for each in named:
        by_counters.setdefault(_counters(each), []).append(each)
    rest = [
        each
        for each in told
        if not each.is_named
        and each.session_id not in sessions
        and not _has_twin(each, by_counters.get(_counters(each), ()))
    ]
    return [*named, *rest]


def metrics_alone(points: Iterable[Event], logs: Iterable[Event]) -> list[Event]:
    """The points of sessions that sent no events. Points without a session, which is a
    setting of the client, belong to the user's day."""
    calls_ = [each for each in logs if each.tool == "claude_code"]
    sessions = {each.session_id for each in calls_ if each.session_id}
    days = {(each.user, each.usage_date) for each in calls_}
    return [
        each
        for each in points
        if (
            each.session_id not in sessions
            if each.session_id
            else (each.user, each.usage_date) not in days
        )
    ]


def _has_twin(event: Event, named: Sequence[Event]) -> bool:
    return any(abs(event.event_at - each.event_at) <= _TWINS_WITHIN for each in named)


def _counters(event: Event) -> tuple[object, ...]:
    return (
        event.tool == "codex" and event.signal == LOG,
        event.model,
        event.input_tokens,
        event.cache_read_tokens,
        event.output_tokens,
        event.reasoning_tokens,
    )
