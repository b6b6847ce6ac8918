"""One event or point in words that all clients share: whose, when, and how much.

requests → log records and points, with the attributes of their resource → `Event`s
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final

import msgspec
from msgspec import Struct

from ingestion.sources.otel.kept import (
    CLAUDE_CALL,
    CODEX_EVENTS,
    allowed,
    event_name,
    is_call,
)
from ingestion.sources.otel.shapes import (
    Plain,
    Record,
    Request,
    attributes,
    instant,
    nanoseconds,
    number,
    text,
    whole,
)

LOG, DELTA, CUMULATIVE = "log", "delta", "cumulative"
PICO: Final = Decimal("1e-12")
_ROUNDING: Final = Context(prec=38, rounding=ROUND_HALF_EVEN)
# By tool: the column of a counter, and what the client calls it.
_CLAUDE: Final = {
    "input_tokens": "input_tokens",
    "output_tokens": "output_tokens",
    "cache_read_tokens": "cache_read_tokens",
    "cache_creation_tokens": "cache_creation_tokens",
}
_CODEX: Final = {
    "input_tokens": "input_token_count",
    "output_tokens": "output_token_count",
    "cache_read_tokens": "cached_token_count",
    "reasoning_tokens": "reasoning_token_count",
    "total_tokens": "tool_token_count",  # Codex's name for the sum of all
}
_GEMINI: Final = {
    "input_tokens": "input_token_count",
    "output_tokens": "output_token_count",
    "cache_read_tokens": "cached_content_token_count",
    "thoughts_tokens": "thoughts_token_count",
    "tool_tokens": "tool_token_count",
    "total_tokens": "total_token_count",
}


class Event(Struct, kw_only=True):
    """A row of either table; names are those of the columns."""

    event_id: str
    event_at: datetime
    tool: str
    signal: str
    session_id: str | None = None
    user_email: str | None = None
    is_email_injected: bool | None = None
    account_id: str | None = None
    account_uuid: str | None = None
    installation_id: str | None = None
    organization_id: str | None = None
    platform: str | None = None
    request_id: str | None = None
    auth_type: str | None = None
    speed: str | None = None
    model: str | None = None
    input_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_creation_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    thoughts_tokens: int | None = None
    tool_tokens: int | None = None
    total_tokens: int | None = None
    cost_usd: Decimal | None = None
    metric: str | None = None
    kind: str | None = None
    amount: Decimal | None = None
    is_named: bool = True  # Codex sends each event twice, once without the user

    @property
    def usage_date(self) -> date:
        """The UTC day."""
        return self.event_at.date()

    @property
    def user(self) -> str | None:
        """Whoever it is, as well as it can be told without a session."""
        ids = (self.user_email, self.account_id, self.account_uuid)
        return next(filter(None, (*ids, self.installation_id)), None)


def log_events(request: Request) -> Iterator[Event]:
    """The model calls among the log records."""
    for told in request.resource_logs:
        resource = allowed(told.resource.attributes) if told.resource else []
        for part in told.scope_logs:
            scope = part.scope.name if part.scope else ""
            for record in part.log_records:
                if is_call(record, scope):
                    found = attributes(resource, allowed(record.attributes))
                    yield _call(record, event_name(record, scope), scope, found)


def _call(record: Record, name: str, scope: str, found: dict[str, Plain]) -> Event:
    nano = nanoseconds(record.time_unix_nano, record.observed_time_unix_nano)
    tool, counters = _tool(name)
    request_id = text(found, "request_id")
    said = sorted((key, str(value)) for key, value in found.items())
    named = identity(found)
    counts: dict[str, Any] = {c: whole(found.get(k), k) for c, k in counters.items()}
    return Event(
        event_id=request_id or hashed(name, nano, said),
        event_at=instant(nano),
        tool=tool,
        signal=LOG,
        request_id=request_id,
        **named,
        **counts,
        cost_usd=usd(found.get("cost_usd")),
        is_named=_is_named(name, scope, named),
    )


def _tool(name: str) -> tuple[str, dict[str, str]]:
    if name == CLAUDE_CALL:
        return "claude_code", _CLAUDE
    return ("codex", _CODEX) if name in CODEX_EVENTS else ("gemini_cli", _GEMINI)


def _is_named(name: str, scope: str, named: dict[str, Any]) -> bool:
    """Whether an event is of the family that names its user."""
    if name not in CODEX_EVENTS or scope.endswith("log_only"):
        return True
    if scope.endswith("trace_safe"):
        return False
    return named["user_email"] is not None or named["account_id"] is not None


def identity(found: dict[str, Plain]) -> dict[str, Any]:
    """The columns that say whose an event is and what it ran on."""
    login = text(found, "user.email")
    email = login or text(found, "employee.email")
    model = text(found, "model")
    return {
        "session_id": text(found, "session.id", "conversation.id"),
        "user_email": email,
        "is_email_injected": None if email is None else login is None,
        "account_id": text(found, "user.account_id"),
        "account_uuid": text(found, "user.account_uuid"),
        "installation_id": text(found, "installation.id", "user.id"),
        "organization_id": text(found, "organization.id"),
        "platform": _platform(found, model or ""),
        "auth_type": text(found, "auth_type", "auth_mode"),
        "speed": text(found, "speed"),
        "model": model,
    }


def _platform(found: dict[str, Plain], model: str) -> str | None:
    """The cloud that answers: as the resource says, else by its spelling of models."""
    told = text(found, "gen_ai.provider.name", "gen_ai.system") or ""
    if "bedrock" in told or "anthropic.claude" in model or ":bedrock:" in model:
        return "bedrock"
    is_vertex = "vertex" in told or "vertex" in (text(found, "auth_type") or "")
    return "vertex" if is_vertex or "@" in model else None


def usd(value: Any) -> Decimal | None:
    """A client's estimate, which comes from a float, to twelve decimals."""
    found = number(value, "cost_usd")
    return None if found is None else found.quantize(PICO, context=_ROUNDING)


def hashed(*parts: Any) -> str:
    """An id that is the same for the same parts."""
    body = msgspec.json.encode(parts)
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def last_told(events: Iterable[Event]) -> list[Event]:
    """One event per id, which repeats when a client sends again: the last one."""
    found: dict[str, Event] = {}
    for event in events:
        known = found.get(event.event_id)
        if known is None or event.event_at >= known.event_at:
            found[event.event_id] = event
    return list(found.values())
