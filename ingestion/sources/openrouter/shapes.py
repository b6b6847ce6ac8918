"""What is read of the vendor's answers, typed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct

from ingestion.decoding import Shape

Instant = Annotated[datetime, Meta(tz=True)]


class Used(Struct, gc=False):
    """Usage of one model at one endpoint on one day; money in US dollars."""

    date: date
    model: str
    usage: Decimal
    requests: int
    prompt_tokens: int
    completion_tokens: int
    model_permaslug: str | None = None
    endpoint_id: str | None = None
    provider_name: str | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    byok_usage_inference: Decimal | None = None


class Activity(Struct):
    """A day's usage, of one key or of the whole account."""

    data: list[Used]


class Key(Struct):
    """An API key; `limit` is in US dollars."""

    hash: str
    name: str | None = None
    disabled: bool | None = None
    limit: Decimal | None = None
    limit_reset: str | None = None
    workspace_id: str | None = None
    creator_user_id: str | None = None
    created_at: Instant | None = None
    expires_at: Instant | None = None


class Keys(Struct):
    """A page of keys."""

    data: list[Key]


ACTIVITY: Final = Shape(Activity, "openrouter/activity")
KEYS: Final = Shape(Keys, "openrouter/keys")
# Running totals would make every key news at every pull.
UNREAD: Final = frozenset(
    f"data[].{name}"
    for name in (
        *("label", "limit_remaining", "include_byok_in_limit", "updated_at"),
        *("usage", "usage_daily", "usage_weekly", "usage_monthly"),
        *("byok_usage", "byok_usage_daily", "byok_usage_weekly", "byok_usage_monthly"),
    )
)
# The label shows the key's first and last characters.
NOT_KEPT: Final = frozenset({"label"})
