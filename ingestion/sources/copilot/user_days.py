"""What each person did with Copilot, day by day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Final

from ingestion.amount import amounts
from ingestion.clock import today
from ingestion.columns import Columns
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.copilot.connection import LAG_DAYS, Connection
from ingestion.sources.copilot.reports import (
    FIRST_DAY,
    KEPT,
    UNREAD,
    USER_DAYS,
    File,
    Tool,
    UserDay,
    as_list,
    report,
)
from ingestion.window import Window

_SAME: Final = (
    "user_id", "user_login", "organization_id", "user_initiated_interaction_count",
    "code_generation_activity_count", "code_acceptance_activity_count",
    "loc_suggested_to_add_sum", "loc_added_sum", "loc_deleted_sum",
)  # fmt: skip


def user_days(at: Connection, window: Window) -> Iterator[Page]:
    """A page per file of each day's report; a day without a report has an empty one."""
    for day in window.days():
        files = report(at, day) if day >= FIRST_DAY else None
        if files is None:
            yield _absent(at, day)
            continue
        chosen = _one_a_person(files)
        for rows, body in files:
            kept = [row for row in rows if chosen[row.user_id, row.day] is row]
            yield Page(
                _columns(kept),
                body=redact(body),
                unknown_fields=USER_DAYS.unknown_fields(as_list(body)) - UNREAD,
            )


def _absent(at: Connection, day: date) -> Page:
    """The page of a day without a report: nobody used it, or GitHub has none."""
    present = today(at.clock)
    if day < FIRST_DAY:
        why = f"GitHub has no reports before {FIRST_DAY}"
    elif day < present - KEPT:
        why = "longer ago than GitHub keeps its reports"
    elif day > present - timedelta(days=LAG_DAYS):
        why = "GitHub has no report of them yet"
    else:
        return Page(_columns([]), note="days without rows: not used")
    note = f"days without rows: {why}"
    return Page(_columns([]), note=note, unreported=Window(day, day))


def _one_a_person(files: Iterable[File]) -> dict[tuple[int, date], UserDay]:
    """The row of each person and day that counts.

    GitHub credits a person's activity to every organisation of the enterprise that the
    person is in. Of such rows the one with most credits counts, then the first
    organisation, so that the order of files does not matter.
    """
    chosen: dict[tuple[int, date], UserDay] = {}
    for rows, _ in files:
        for row in rows:
            found = chosen.setdefault((row.user_id, row.day), row)
            if _rank(row) < _rank(found):
                chosen[row.user_id, row.day] = row
    return chosen


def _rank(row: UserDay) -> tuple[Decimal, str]:
    used = row.ai_credits_used
    return Decimal(1) if used is None else -used, row.organization_id or ""


def _columns(rows: Sequence[UserDay]) -> Columns:
    clis = [row.totals_by_cli for row in rows]
    apps = [row.totals_by_copilot_app for row in rows]
    used = [row.ai_credits_used for row in rows]
    return {
        "usage_date": [row.day for row in rows],
        **{name: list(map(attrgetter(name), rows)) for name in _SAME},
        "ai_credits_used": amounts(used, USER_DAYS, "ai_credits_used"),
        "cli_session_count": [cli and cli.session_count for cli in clis],
        "cli_request_count": [cli and cli.request_count for cli in clis],
        "cli_prompt_count": [cli and cli.prompt_count for cli in clis],
        **_tokens("cli", clis),
        "app_request_count": [app and app.request_count for app in apps],
        **_tokens("app", apps),
    }


def _tokens(name: str, tools: Sequence[Tool | None]) -> Columns:
    sums = [tool and tool.token_usage for tool in tools]
    return {
        f"{name}_prompt_tokens": [each and each.prompt_tokens_sum for each in sums],
        f"{name}_output_tokens": [each and each.output_tokens_sum for each in sums],
    }
