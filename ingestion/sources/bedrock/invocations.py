"""Calls of a window: files of its days → entries → columns, one page a file."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from operator import attrgetter

from ingestion.clock import today
from ingestion.columns import Columns
from ingestion.page import Page
from ingestion.sources.bedrock.connection import Bedrock, Connection
from ingestion.sources.bedrock.logs import LATE
from ingestion.sources.bedrock.principals import caller
from ingestion.sources.bedrock.shapes import (
    INVOCATION,
    UNREAD,
    Input,
    Invocation,
    Output,
    cache_counts,
)
from ingestion.window import Window

NAMED = (
    "request_id", "account_id", "region", "inference_region", "operation", "model_id",
    "error_code",
)  # fmt: skip
NO_FILES = "no invocation log was delivered for these days"
GONE = "the oldest invocation log that is left is of a later day"
NO_CALLS = "the invocation logs hold no call of these days"


def invocations(at: Connection, window: Window) -> Iterator[Page]:
    """A page per file with calls of the window, or one that says why there is none.

    Days before the oldest log are not reported: their files are gone, or never were.
    A call that several files hold is taken from the first. The body of a page is empty:
    the file holds prompts, and stays where it is.
    """
    oldest = at.logs.oldest_day()
    gone = window if oldest is None else window.before(oldest)
    if gone is not None:
        note = NO_FILES if oldest is None else GONE
        # Late calls of a day may still come; once they came, fewer mean removed files.
        settled = gone.before(today(at.clock) - LATE)
        empty = _columns([], at.named)
        yield Page(empty, note=note, unreported=gone, coarse=settled)
    paths = at.logs.of_days(window)
    days = frozenset(window.days())
    taken: set[str] = set()
    is_empty = True
    for path in paths:
        lines = at.logs.lines(path)
        entries: list[Invocation] = []
        for line in lines:
            entry = INVOCATION.read(line)
            day = entry.timestamp.astimezone(UTC).date()
            if day in days and entry.request_id not in taken:
                taken.add(entry.request_id)
                entries.append(entry)
        if entries:
            is_empty = False
            unknown = INVOCATION.unknown_fields(lines[0]) - UNREAD
            yield Page(_columns(entries, at.named), unknown_fields=unknown)
    if is_empty and gone != window:
        note = NO_CALLS if paths else NO_FILES
        yield Page(_columns([], at.named), note=note)


def _columns(entries: Sequence[Invocation], named: Bedrock) -> Columns:
    callers = [
        caller(
            entry.identity and entry.identity.arn,
            entry.request_metadata,
            named.person_key,
            named.person_roles,
        )
        for entry in entries
    ]
    cached = [cache_counts(entry) for entry in entries]
    invoked_at = [entry.timestamp.astimezone(UTC) for entry in entries]
    return {
        "usage_date": [at.date() for at in invoked_at],
        "invoked_at": [at.replace(tzinfo=None) for at in invoked_at],
        "principal_type": [each.type for each in callers],
        "principal_id": [each.id for each in callers],
        "principal_email": [each.email for each in callers],
        "role_name": [each.role for each in callers],
        "session_name": [each.session for each in callers],
        **{name: list(map(attrgetter(name), entries)) for name in NAMED},
        "model": [entry.model_id.rsplit("/", 1)[-1] for entry in entries],
        "input_tokens": [(e.input or Input()).input_token_count for e in entries],
        "cache_read_input_tokens": [read for read, _ in cached],
        "cache_write_input_tokens": [written for _, written in cached],
        "output_tokens": [(e.output or Output()).output_token_count for e in entries],
    }
