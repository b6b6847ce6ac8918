"""Comments on merge requests, and what the host itself notes there: approvals, requests
for changes, and drafts that became ready. What it notes is told by its wording alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingestion.connector import Since
from ingestion.hosts.pages import joined
from ingestion.hosts.paging import link_pages
from ingestion.hosts.requests import OVERLAP
from ingestion.page import Page
from ingestion.redaction import redact
from ingestion.sources.gitlab.connection import Connection, project
from ingestion.sources.gitlab.merge_requests import account, each_changed
from ingestion.sources.gitlab.shapes import CONTENT, NOTES, Note, news

_NOTED: Final = tuple(
    (kind, re.compile(wording))
    for kind, wording in (
        ("approved", r"^approved this merge request\b"),
        ("unapproved", r"^unapproved this merge request\b"),
        ("changes_requested", r"^requested changes\b"),
        ("ready", r"^marked this merge request as \*\*ready\*\*"),
        ("draft", r"^marked this merge request as \*\*draft\*\*"),
    )
)


def notes(at: Connection, since: Since | None = None) -> Iterator[Page]:
    """Pages of `gitlab/notes`."""
    return joined(_pages(at, since))


def _pages(at: Connection, since: Since | None) -> Iterator[Page]:
    """A page or more a pull request."""
    for host, place, merge_request in each_changed(at, since, OVERLAP):
        path = f"{project(place)}/merge_requests/{merge_request.iid}/notes"
        order = [("order_by", "created_at"), ("sort", "asc")]
        for answer in link_pages(host.api, path, order):
            kept = [
                (note, kind)
                for note in NOTES.read(answer.body)
                if (kind := note_kind(note)) is not None
            ]
            authors = [account(host, note.author) for note, _ in kept]
            yield Page(
                {
                    "host": [place.host] * len(kept),
                    "merge_request_id": [str(merge_request.id)] * len(kept),
                    "note_id": [str(note.id) for note, _ in kept],
                    "author_account_id": [id_ for id_, _ in authors],
                    "author_kind": [kind for _, kind in authors],
                    "note_kind": [kind for _, kind in kept],
                    "created_at": [note.created_at for note, _ in kept],
                },
                body=redact(answer.body, CONTENT),
                unknown_fields=news(NOTES.unknown_fields(answer.body)),
            )


def note_kind(note: Note) -> str | None:
    """What a note is; None for notes of the host that say nothing we read."""
    if not note.system:
        return "commented"
    return next((kind for kind, words in _NOTED if words.search(note.body)), None)
