"""What is read of the proxy's answers, typed; other fields pass unread."""

from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, Final

from msgspec import Struct, field

from ingestion.decoding import Shape

_PICO: Final = Decimal("1e-12")
_EXACT: Final = Context(prec=38, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])
# Content, which is cut from stored pages; and what is known and of no use here.
CONTENT: Final = frozenset(
    {"messages", "response", "proxy_server_request", "requester_ip_address"}
)


class Counters(Struct, gc=False):
    """Token counters beside the three of every call."""

    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class Metadata(Struct, gc=False):
    """What the proxy notes of a call."""

    additional_usage_values: Counters | None = None


class Log(Struct, gc=False):
    """One call. The JSON has the instants in the style of its own columns."""

    request_id: str
    started_at: datetime = field(name="startTime")
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    spend: Decimal
    api_key: str | None = None
    user: str | None = None
    team_id: str | None = None
    model: str | None = None
    model_group: str | None = None
    custom_llm_provider: str | None = None
    metadata: Metadata | None = None
    status: str | None = None
    session_id: str | None = None


class Logs(Struct):
    """A page of calls."""

    data: list[Log]
    total: int
    page: int
    total_pages: int


class User(Struct):
    """A user of the proxy."""

    user_id: str
    user_email: str | None = None
    user_role: str | None = None
    spend: Decimal | None = None
    max_budget: Decimal | None = None
    budget_duration: str | None = None
    budget_reset_at: datetime | None = None


class Users(Struct):
    """A page of users."""

    users: list[User]
    page: int
    total_pages: int


class Key(Struct):
    """A virtual key."""

    token: str
    key_alias: str | None = None
    user_id: str | None = None
    team_id: str | None = None
    spend: Decimal | None = None
    max_budget: Decimal | None = None
    budget_duration: str | None = None
    budget_reset_at: datetime | None = None


class Keys(Struct):
    """A page of keys."""

    keys: list[Key]
    current_page: int
    total_pages: int


LOGS: Final = Shape(Logs, "litellm/spend_logs")
USERS: Final = Shape(Users, "litellm/users")
KEYS: Final = Shape(Keys, "litellm/keys")


def exact(amount: Decimal | None, shape: Shape[Any], where: str) -> Decimal | None:
    """The amount to twelve decimals: below them lies the noise of binary fractions."""
    try:
        return None if amount is None else amount.quantize(_PICO, context=_EXACT)
    except InvalidOperation:
        raise shape.changed(where, "it is no credible amount.") from None
