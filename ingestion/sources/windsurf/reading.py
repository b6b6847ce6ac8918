"""One request a member, since answers are not split by member.

members with use in the days → runs and lines of each → one page a member
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import Any, Final

from ingestion.columns import Columns
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.windsurf.connection import Connection
from ingestion.sources.windsurf.shapes import (
    CASCADE,
    MEMBERS,
    SECRET,
    UNREAD,
    Cascade,
    Lines,
    Member,
    Run,
)
from ingestion.sources.windsurf.tables import USER_DAYS
from ingestion.window import Window

QUERIES: Final = [{"cascade_lines": {}}, {"cascade_runs": {}}]
NOTHING: Final = "the vendor reports no use of Cascade"


def users(at: Connection) -> Iterator[Page]:
    """The team as it is now."""
    body = at.api.post("/UserPageAnalytics", {}).body
    listed = MEMBERS.read(body).user_table_stats
    yield Page(
        {
            "email": [member.email for member in listed],
            "full_name": [member.name for member in listed],
            "active_days": [int(member.active_days) for member in listed],
            "last_used_at": [member.last_update_time for member in listed],
        },
        body=redact(body, SECRET),
        unknown_fields=MEMBERS.unknown_fields(body) - UNREAD,
    )


def user_days(at: Connection, window: Window) -> Iterator[Page]:
    """Runs and lines of every member who used anything in the window."""
    is_empty = True
    for member in _active(at, window):
        answer, body = cascade(at, window, [member.email])
        columns = _columns(at, member.email, answer, window)
        note = "" if columns["usage_date"] else f"{NOTHING} by one of the members"
        is_empty = False
        yield Page(
            columns,
            body=redact(body, SECRET),
            unknown_fields=CASCADE.unknown_fields(body),
            note=note,
        )
    if is_empty:
        yield Page({c.name: [] for c in USER_DAYS.columns}, note=f"{NOTHING} at all")


def cascade(
    at: Connection, window: Window, emails: Sequence[str] = ()
) -> tuple[Cascade, bytes]:
    """Runs and lines of the members with these e-mails, or of the whole team, with the
    body they were read from."""
    asked = {**_instants(window), "query_requests": QUERIES}
    if emails:
        asked["emails"] = list(emails)
    body = at.api.post("/CascadeAnalytics", asked).body
    return CASCADE.read(body), body


def runs_and_lines(answer: Cascade) -> tuple[list[Run], list[Lines]]:
    """The rows of an answer, whichever of its results holds them."""
    runs = [r.cascade_runs.cascade_runs for r in answer.query_results if r.cascade_runs]
    lines = [
        r.cascade_lines.cascade_lines for r in answer.query_results if r.cascade_lines
    ]
    return [row for part in runs for row in part], [r for part in lines for r in part]


def utc_day(row: Run | Lines) -> date:
    """The day a row tells of."""
    return row.day.astimezone(UTC).date()


def _active(at: Connection, window: Window) -> list[Member]:
    """Members with use in the window: with those who left since."""
    body = at.api.post("/UserPageAnalytics", _instants(window)).body
    return MEMBERS.read(body).user_table_stats


def _instants(window: Window) -> dict[str, Any]:
    """The window, its end exclusive; if the vendor takes it as inclusive, the row of
    the day after is left out here."""
    return {
        "start_timestamp": window.starting_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "end_timestamp": window.ending_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _columns(
    at: Connection, user_email: str, answer: Cascade, window: Window
) -> Columns:
    runs, lines = runs_and_lines(answer)
    rows = [*_run_rows(_within(runs, window)), *_line_rows(_within(lines, window))]
    names = [c.name for c in USER_DAYS.columns if c.name not in _OF_ALL]
    values = zip(*rows, strict=True) if rows else [()] * len(names)
    return {
        **{name: list(column) for name, column in zip(names, values, strict=True)},
        "user_email": [user_email] * len(rows),
        "usd_per_credit": [at.usd_per_credit] * len(rows),
    }


_OF_ALL: Final = ("user_email", "usd_per_credit")
Row = tuple[Any, ...]


def _within(rows: Sequence[Any], window: Window) -> list[Any]:
    return [row for row in rows if window.first <= utc_day(row) <= window.last]


def _run_rows(runs: Iterable[Run]) -> Iterator[Row]:
    """A row per day, model and mode; the vendor has one per conversation."""
    groups: dict[tuple[date, str | None, str | None], list[Run]] = defaultdict(list)
    for run in runs:
        groups[utc_day(run), run.model, run.mode].append(run)
    for (day, model, mode), held in groups.items():
        conversations = {run.cascade_id for run in held if run.cascade_id}
        messages = sum(int(run.messages_sent) for run in held)
        prompts = sum(int(run.prompts_used) for run in held)
        counted = (len(conversations), messages, prompts, None, None)
        yield day, "runs", model, mode, *counted


def _line_rows(lines: Iterable[Lines]) -> Iterator[Row]:
    """A row per day."""
    groups: dict[date, list[Lines]] = defaultdict(list)
    for line in lines:
        groups[utc_day(line)].append(line)
    for day, held in groups.items():
        suggested = sum(int(line.lines_suggested) for line in held)
        accepted = sum(int(line.lines_accepted) for line in held)
        yield day, "lines", None, None, None, None, None, suggested, accepted
