"""Pages as they may be stored: no titles, texts, comments, pictures or secrets."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from ingestion.redaction import redact
from ingestion.sources.jira.shapes import Change

# Values of these keys are content or trackers; names and e-mails are identity and stay.
CONTENT_KEYS: Final = frozenset(
    {
        "attachment", "avatar", "avatarUrls", "body", "comment", "comments",
        "description", "environment", "goal", "iconUrl", "lead", "message",
        "renderedFields", "summary", "title", "url", "worklog",
    }
)  # fmt: skip
# Fields whose changes would carry what people wrote.
CONTENT_FIELDS: Final = frozenset(
    {"summary", "description", "environment", "comment", "attachment", "worklog"}
)


def stored(body: bytes) -> bytes:
    """The body without content and secrets."""
    return redact(body, CONTENT_KEYS)


def stored_changes(body: bytes, is_kept: Callable[[Change], bool]) -> bytes:
    """A page of histories without the texts of changes that are not kept."""
    page = msgspec.json.decode(body)
    for history in _histories(page):
        for item in history["items"]:
            if not is_kept(msgspec.convert(item, Change)):
                _blank(item)
    return stored(msgspec.json.encode(page))


def _histories(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The entries of a page of histories, or of issues that bring theirs."""
    for log in page.get("issueChangeLogs", ()):
        yield from log["changeHistories"]
    for issue in page.get("issues", ()):
        yield from issue["changelog"]["histories"]


def _blank(item: dict[str, Any]) -> None:
    """Takes the texts out of one change; that it happened stays."""
    for key in ("from", "fromString", "to", "toString"):
        item[key] = None


def is_content(change: Change) -> bool:
    """The change is of a field that holds what people wrote."""
    return (change.fieldId or change.field).lower() in CONTENT_FIELDS
