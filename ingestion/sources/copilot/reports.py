"""The users-1-day report: signed links first, then the files behind them.

day → links → files of one JSON object a line → typed rows with the file they lay in
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import Unavailable
from ingestion.sources.copilot.connection import METRICS_FIX, Connection, LinkRefused

FIRST_DAY: Final = date(2025, 10, 10)  # GitHub has no report of an earlier day
# GitHub keeps reports for a year; a day less, so that no day is taken for unused.
KEPT: Final = timedelta(days=364)


class TokenUsage(Struct):
    """Sums of tokens; neither cache nor model is told."""

    prompt_tokens_sum: int | None = None
    output_tokens_sum: int | None = None


class Tool(Struct):
    """A day of the CLI or of the Copilot app."""

    session_count: int | None = None
    request_count: int | None = None
    prompt_count: int | None = None
    token_usage: TokenUsage | None = None


class UserDay(Struct):
    """A person's day. Keys that do not apply are simply missing."""

    user_id: int
    user_login: str
    day: date
    organization_id: str | None = None
    ai_credits_used: Decimal | None = None
    user_initiated_interaction_count: int | None = None
    code_generation_activity_count: int | None = None
    code_acceptance_activity_count: int | None = None
    loc_suggested_to_add_sum: int | None = None
    loc_added_sum: int | None = None
    loc_deleted_sum: int | None = None
    totals_by_cli: Tool | None = None
    totals_by_copilot_app: Tool | None = None


class Report(Struct):
    """Where the files of a day's report lie."""

    download_links: list[str]


# Known and deliberately not read.
UNREAD: Final = frozenset(
    f"[].{name}"
    for name in (
        *("enterprise_id", "etl_id", "day_partition", "entity_id_partition"),
        *("chat_panel_ask_mode", "chat_panel_edit_mode", "chat_panel_agent_mode"),
        *("chat_panel_custom_mode", "chat_panel_plan_mode", "chat_panel_unknown_mode"),
        *("loc_suggested_to_delete_sum", "totals_by_ide", "totals_by_feature"),
        *("totals_by_language_feature", "totals_by_language_model"),
        *("totals_by_model_feature", "totals_by_3rd_party_agent"),
        *("ai_adoption_phase", "used_agent", "used_chat", "used_cli"),
        "totals_by_cli.last_known_cli_version",
        "totals_by_cli.token_usage.avg_tokens_per_request",
        "totals_by_copilot_app.token_usage.avg_tokens_per_request",
    )
)
USER_DAYS: Final = Shape(list[UserDay], "copilot/user_days")
LINKS: Final = Shape(Report, "copilot/user_days")
File = tuple[list[UserDay], bytes]


def report(at: Connection, day: date) -> list[File] | None:
    """The rows of each file of a day's report, with its body; None without a report.

    Links live for minutes: when one is refused, new ones are asked for, once.
    """
    links = report_links(at, day)
    if not links:
        return None
    try:
        return [_file(at, link) for link in links]
    except LinkRefused:
        return [_file(at, link) for link in report_links(at, day)] or None


def report_links(at: Connection, day: date) -> list[str]:
    """The signed links of a day's report; none if GitHub has no report of the day."""
    answer = at.get(at.account.reports, [("day", day.isoformat())], METRICS_FIX)
    return [] if answer.status == 204 else LINKS.read(answer.body).download_links


def as_list(body: bytes) -> bytes:
    """Lines of JSON as one JSON list."""
    return b"[%b]" % b",".join(line for line in body.splitlines() if line.strip())


def _file(at: Connection, link: str) -> File:
    body = at.links.get(link)
    if not body.strip():
        # A day nobody used has no report at all, so an empty file is a broken one.
        raise Unavailable(
            "copilot/user_days",
            "the report has a file without a single row.",
            fix="run again; if it repeats, report it to GitHub with the day.",
        )
    return USER_DAYS.read(as_list(body)), body
