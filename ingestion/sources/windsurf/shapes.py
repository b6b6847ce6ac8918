"""What is read of the vendor's answers, typed.

Whole numbers come as text, and a field whose value is zero is left out.
"""

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct

from ingestion.decoding import Shape

Whole = Annotated[str, Meta(pattern=r"^\d{1,18}$")]
Instant = Annotated[datetime, Meta(tz=True)]


class Lines(Struct, rename="camel"):
    """Lines of code of one day."""

    day: Instant
    lines_suggested: Whole = "0"
    lines_accepted: Whole = "0"


class Run(Struct, rename="camel"):
    """Runs of one conversation, model and mode on one day."""

    day: Instant
    model: str | None = None
    mode: str | None = None
    messages_sent: Whole = "0"
    prompts_used: Whole = "0"
    cascade_id: str | None = None


class LinesResult(Struct, rename="camel"):
    """Answer to `cascade_lines`."""

    cascade_lines: list[Lines] = []


class RunsResult(Struct, rename="camel"):
    """Answer to `cascade_runs`."""

    cascade_runs: list[Run] = []


class Result(Struct, rename="camel"):
    """Answer to one of the queries."""

    cascade_lines: LinesResult | None = None
    cascade_runs: RunsResult | None = None


class Cascade(Struct, rename="camel"):
    """Answers in the order of the queries."""

    query_results: list[Result] = []


class Member(Struct, rename="camel"):
    """A member of the team; counts of this endpoint are numbers or text."""

    email: str
    name: str | None = None
    active_days: int | Whole = 0
    last_update_time: Instant | None = None


class Members(Struct, rename="camel"):
    """The whole team; there are no pages."""

    user_table_stats: list[Member] = []


CASCADE: Final = Shape(Cascade, "windsurf/user_days")
MEMBERS: Final = Shape(Members, "windsurf/users")
# Known and deliberately not read. The member's key is a hash of a secret.
SECRET: Final = frozenset({"apiKey", "service_key"})
UNREAD: Final = frozenset(
    f"userTableStats[].{name}"
    for name in (
        *("apiKey", "role", "signupTime", "disableCodeium", "teamStatus"),
        *("lastAutocompleteUsageTime", "lastChatUsageTime", "lastCommandUsageTime"),
        "promptsUsed",
    )
)
