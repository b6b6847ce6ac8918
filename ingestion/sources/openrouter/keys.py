"""The account's API keys, workspace by workspace."""

from collections.abc import Iterator
from typing import Final

from ingestion.amount import amounts
from ingestion.page import Page
from ingestion.pagination import offset_pages
from ingestion.redaction import redact
from ingestion.sources.openrouter.connection import Connection
from ingestion.sources.openrouter.shapes import KEYS, NOT_KEPT, UNREAD, Key
from ingestion.sources.openrouter.tables import SOURCE

PATH: Final = "/keys"


def keys(at: Connection) -> Iterator[Page]:
    """All keys that are not deleted, disabled ones included."""
    for workspace_id in (None, *at.workspace_ids):
        for listed, body in _lists(at, workspace_id):
            yield Page(
                {
                    "key_hash": [key.hash for key in listed],
                    "key_name": [key.name or None for key in listed],
                    "is_disabled": [key.disabled for key in listed],
                    "limit_usd": amounts(
                        [key.limit for key in listed], KEYS, "data[].limit"
                    ),
                    "limit_reset": [key.limit_reset for key in listed],
                    "workspace_id": [key.workspace_id for key in listed],
                    "creator_user_id": [key.creator_user_id for key in listed],
                    "created_at": [key.created_at for key in listed],
                    "expires_at": [key.expires_at for key in listed],
                },
                body=redact(body, NOT_KEPT),
                unknown_fields=KEYS.unknown_fields(body) - UNREAD,
            )


def hashes(at: Connection) -> list[str]:
    """The hash of every key, each once."""
    pages = (list_ for id_ in (None, *at.workspace_ids) for list_ in _lists(at, id_))
    return list(dict.fromkeys(key.hash for listed, _ in pages for key in listed))


def _lists(
    at: Connection, workspace_id: str | None
) -> Iterator[tuple[list[Key], bytes]]:
    """(keys, body) of each page; how long one is the vendor leaves open, so that only
    an empty one is the last."""
    within = [] if workspace_id is None else [("workspace_id", workspace_id)]

    def fetch(offset: int) -> tuple[tuple[list[Key], bytes], int | None]:
        params = [("include_disabled", "true"), ("offset", str(offset)), *within]
        body = at.api.get(PATH, params).body
        listed = KEYS.read(body).data
        return (listed, body), offset + len(listed) if listed else None

    return offset_pages(fetch, SOURCE)
