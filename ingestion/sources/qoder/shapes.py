"""What is read of the vendor's answers, typed."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct

from ingestion.decoding import Shape

Instant = Annotated[datetime, Meta(tz=True)]


class Usage(Struct, rename="camel", gc=False):
    """One record of usage; the instant is in epoch milliseconds."""

    timestamp: int
    credits: Decimal
    user_id: str | None = None
    user_email: str | None = None
    source: str | None = None
    operation: str | None = None
    model_tier: str | None = None
    cost: Decimal | None = None


class Usages(Struct, rename="camel"):
    """A page of usage; the next one's cursor has one of two names, empty at the end."""

    usages: list[Usage]
    next_token: str | None = None
    next_credits: str | None = None


class Member(Struct, rename="camel"):
    """A member of the organisation."""

    id: str
    status: str
    email: str | None = None
    name: str | None = None
    role: str | None = None
    joined_at: Instant | None = None
    deleted_at: Instant | None = None


class Members(Struct, rename="camel"):
    """A page of members."""

    members: list[Member]
    next_token: str | None = None


USAGES: Final = Shape(Usages, "qoder/usage_events")
MEMBERS: Final = Shape(Members, "qoder/members")
UNREAD: Final = frozenset({"maxResults"})
