"""What is read of the proxy's answers, typed; other fields pass unread."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from msgspec import Struct, field

from ingestion.decoding import Shape

# Content, which is cut from stored pages wherever it stands: prompts and answers, what
# tools, searches and guardrails noted of them, and what callers sent along.
CONTENT: Final = frozenset(
    {"messages", "response", "proxy_server_request", "requester_ip_address"}
    | {"error_information", "guardrail_information", "mcp_tool_call_metadata"}
    | {"vector_store_request_metadata", "spend_logs_metadata", "requester_metadata"}
    | {"requester_custom_headers", "request_tags"}
    # No content, but the same ninety prices in every row.
    | {"model_map_information"}
)


class Details(Struct, gc=False):
    """What caches held of the prompt, in OpenAI's words."""

    cached_tokens: int | None = None
    cache_creation_tokens: int | None = None


class Counters(Struct, gc=False):
    """Token counters beside the three of every call. Anthropic's stand at the top; of
    other providers most proxies have the details alone."""

    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    prompt_tokens_details: Details | None = None

    @property
    def cache_read(self) -> int | None:
        """Tokens read from a cache; None if neither place says."""
        nested = self.prompt_tokens_details and self.prompt_tokens_details.cached_tokens
        return _same(self.cache_read_input_tokens, nested)

    @property
    def cache_creation(self) -> int | None:
        """Tokens written to a cache; None if neither place says."""
        nested = (
            self.prompt_tokens_details
            and self.prompt_tokens_details.cache_creation_tokens
        )
        return _same(self.cache_creation_input_tokens, nested)


def _same(top: int | None, nested: int | None) -> int | None:
    """One count told in two places, of which one may be left at zero: never the sum."""
    return max((n for n in (top, nested) if n is not None), default=None)


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
    spend: Decimal | None
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
    """A page of calls. A capped total is the most that the proxy counts, not how many
    there are; the pages go on beyond it."""

    data: list[Log]
    total: int
    page: int
    total_pages: int
    total_is_capped: bool = False


class Metrics(Struct, gc=False):
    """Sums of calls, failed ones included."""

    spend: Decimal
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    api_requests: int
    successful_requests: int
    failed_requests: int
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class OfKey(Struct, gc=False):
    """The part of one virtual key."""

    metrics: Metrics


class OfModel(Struct):
    """The part of one model, and by the hash of the key what it consists of."""

    metrics: Metrics
    api_key_breakdown: dict[str, OfKey] = field(default_factory=dict[str, OfKey])


class Breakdown(Struct):
    """Views of the same calls, of which one is read."""

    models: dict[str, OfModel]


class Reported(Struct):
    """A day, or the part of it that a page holds."""

    date: date
    metrics: Metrics
    breakdown: Breakdown


class Numbered(Struct):
    """Which page it is, of how many."""

    page: int
    total_pages: int


class Daily(Struct):
    """A page of the proxy's sums by day."""

    results: list[Reported]
    metadata: Numbered


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
DAILY: Final = Shape(Daily, "litellm/daily_activity")
USERS: Final = Shape(Users, "litellm/users")
KEYS: Final = Shape(Keys, "litellm/keys")
