"""What is read of the vendor's answers, typed; other fields pass unread."""

from typing import Final, Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")


class Actor(Struct, gc=False):
    """A seat user. The docs say `email`, the SDK of November 2026 `email_address`."""

    type: str
    user_id: str | None
    email: str | None = None
    email_address: str | None = None
    deleted: bool | None = None


class CacheCreation(Struct, gc=False):
    """Tokens written to the cache, by how long they stay."""

    ephemeral_5m_input_tokens: int
    ephemeral_1h_input_tokens: int


class ServerToolUse(Struct, gc=False):
    """Uses of the vendor's own tools."""

    web_search_requests: int


class Row(Struct, gc=False):
    """Whose row it is, and what it is grouped by."""

    starting_at: str
    actor: Actor
    product: str | None
    model: str | None
    context_window: str | None
    inference_geo: str | None


class UsageRow(Row, gc=False):
    """A row of usage; the four kinds of input are disjoint."""

    uncached_input_tokens: int
    cache_read_input_tokens: int
    cache_creation: CacheCreation
    output_tokens: int
    total_tokens: int
    server_tool_use: ServerToolUse
    requests: int | None = None


class CostRow(Row, gc=False):
    """A row of cost; amounts are text in cents."""

    cost_type: str | None
    token_type: str | None
    amount: str
    list_amount: str
    currency: str


class Report(Struct, Generic[Item]):
    """A page of a report."""

    data: list[Item]
    has_more: bool
    next_page: str | None = None
    data_refreshed_at: str | None = None
    organization_id: str | None = None


class Person(Struct, gc=False):
    """A user of the activity report."""

    id: str
    email_address: str | None


class Chat(Struct, gc=False):
    """Use of Claude itself."""

    distinct_conversation_count: int
    message_count: int


class Cowork(Struct, gc=False):
    """Use of Cowork."""

    distinct_session_count: int
    message_count: int


class Lines(Struct, gc=False):
    """Lines of code."""

    added_count: int
    removed_count: int


class Core(Struct, gc=False):
    """What came of Claude Code."""

    distinct_session_count: int
    commit_count: int
    pull_request_count: int
    lines_of_code: Lines


class Verdicts(Struct, gc=False):
    """Proposals of a tool."""

    accepted_count: int
    rejected_count: int


class Tools(Struct, gc=False):
    """Tools that change files."""

    edit_tool: Verdicts
    multi_edit_tool: Verdicts
    notebook_edit_tool: Verdicts
    write_tool: Verdicts


class Code(Struct, gc=False):
    """Use of Claude Code, but not through a cloud of another vendor."""

    core_metrics: Core
    tool_actions: Tools


class Activity(Struct, gc=False):
    """A user's day. A product that the organisation does not have may be absent."""

    user: Person
    chat_metrics: Chat | None = None
    cowork_metrics: Cowork | None = None
    claude_code_metrics: Code | None = None
    web_search_count: int | None = None


class Activities(Struct):
    """A page of users; the last one names no next."""

    data: list[Activity]
    next_page: str | None = None


def _below(parent: str, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{parent}.{name}" for name in names)


# Fields that are known and deliberately not read: they are no news.
UNREAD_REPORT: Final = _below(
    "data[]",
    (
        *("ending_at", "actor.name", "rbac_group_id", "slack_channel_id", "speed"),
        *("requests", "claude_tag_category", "claude_tag_user_id"),
    ),
)
UNREAD_ACTIVITY: Final = (
    _below(
        "data[].chat_metrics",
        (
            *("connectors_used_count", "distinct_artifacts_created_count"),
            *("distinct_connectors_used_count", "distinct_files_uploaded_count"),
            *("distinct_projects_created_count", "distinct_projects_used_count"),
            *("distinct_shared_artifacts_viewed_count", "distinct_skills_used_count"),
            *("shared_conversations_viewed_count", "thinking_message_count"),
        ),
    )
    | _below(
        "data[].cowork_metrics",
        (
            *("action_count", "connectors_used_count", "dispatch_turn_count"),
            *("distinct_connectors_used_count", "distinct_skills_used_count"),
            *("skills_used_count", "distinct_plugins_used_count", "edit_tool_count"),
            *("file_edit_count", "multi_edit_tool_count", "notebook_edit_tool_count"),
            *("plugins_used_count", "sessions_with_file_edits_count"),
            "write_tool_count",
        ),
    )
    | _below(
        "data[]",
        (
            *("design_metrics", "office_metrics", "science_metrics", "user.type"),
            *("distinct_user_count", "last_activity_date", "rbac_group_id"),
            "rbac_group_name",
        ),
    )
)
