"""What is read of the vendor's answers, typed; other fields pass unread."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final, Generic, TypeVar

from msgspec import Meta, Struct

from ingestion.sources.anthropic.principals import Actor

Item = TypeVar("Item")
Group = TypeVar("Group")
Instant = Annotated[datetime, Meta(tz=True)]


class CacheCreation(Struct, gc=False):
    """Tokens written to the cache, by how long they stay."""

    ephemeral_5m_input_tokens: int
    ephemeral_1h_input_tokens: int


class ServerToolUse(Struct, gc=False):
    """Uses of the vendor's own tools."""

    web_search_requests: int


class Tokens(Struct, gc=False):
    """Tokens by class; the classes are disjoint."""

    uncached_input_tokens: int
    cache_read_input_tokens: int
    cache_creation: CacheCreation
    output_tokens: int
    server_tool_use: ServerToolUse


class Usage(Tokens, gc=False):
    """What the analytics API says beside the tokens."""

    total_tokens: int
    requests: int | None = None


class Cost(Struct, gc=False):
    """Amounts in cents, as decimal text: after discount, and at list price."""

    amount: str
    list_amount: str
    currency: str


class PricingGroup(Struct, gc=False):
    """Dimensions that prices depend on."""

    actor: Actor | None
    model: str | None
    service_tier: str | None
    context_window: str | None
    inference_geo: str | None


class CostGroup(PricingGroup, gc=False):
    """Dimensions of a cost."""

    cost_type: str | None
    token_type: str | None


class KeyGroup(Struct, gc=False):
    """Dimensions that say through what the usage came."""

    actor: Actor | None
    model: str | None
    product: str | None
    workspace_id: str | None
    api_key_id: str | None


class UsageItem(Struct, Generic[Group], gc=False):
    """One row of usage."""

    starting_at: str
    group: Group
    usage: Usage


class CostItem(Struct, gc=False):
    """One row of cost."""

    starting_at: str
    group: CostGroup
    cost: Cost


class Report(Struct, Generic[Item]):
    """One page of any report, of the analytics API or the older one."""

    data: list[Item]
    has_more: bool
    next_page: str | None = None
    data_refreshed_at: Instant | None = None


class Bucket(Struct, Generic[Item]):
    """One day of the older reports; empty if nothing was used."""

    starting_at: Instant
    results: list[Item]


class LegacyUsage(Tokens, gc=False):
    """One row of the older usage report by pricing attributes."""

    account_id: str | None
    service_account_id: str | None
    api_key_id: str | None
    model: str | None
    service_tier: str | None
    context_window: str | None
    inference_geo: str | None


class LegacyKeyUsage(Tokens, gc=False):
    """One row of the older usage report by workspace and key."""

    account_id: str | None
    service_account_id: str | None
    api_key_id: str | None
    model: str | None
    workspace_id: str | None


class LegacyCost(Struct, gc=False):
    """One row of the older cost report; the amount is in cents."""

    amount: str
    currency: str
    cost_type: str | None
    token_type: str | None
    model: str | None
    service_tier: str | None
    context_window: str | None
    inference_geo: str | None


def _below(parent: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{parent}.{name}" for name in names)


# Fields that are known and deliberately not read: they are no news.
UNREAD: Final = (
    _below(
        "data[].group",
        (
            *("actor_type", "agent_id", "api_key_id", "claude_tag_category"),
            *("claude_tag_user_id", "context_window", "deployment_id"),
            *("environment_id", "inference_geo", "organization_id", "product"),
            *("rbac_group_id", "service_tier", "session_id", "slack_channel_id"),
            *("speed", "user_profile_id", "workspace_id"),
        ),
    )
    | _below("data[].group.actor", ("name",))
    | _below(
        "data[].results[]",
        (
            *("description", "workspace_id", "speed"),
            *("service_tier", "context_window", "inference_geo"),
        ),
    )
    | {"data[].ending_at", "data[].cost.requests"}
)
