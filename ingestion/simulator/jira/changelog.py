"""Changelogs of many issues at once: oldest first over all of them."""

import base64
import binascii

from msgspec import Struct

from ingestion.simulator.jira.answers import Refused
from ingestion.simulator.jira.histories import History, Item
from ingestion.simulator.jira.snapshot import Snapshot, snapshot
from ingestion.simulator.world import World

MOST_ISSUES, MOST_FIELDS, MOST_HISTORIES, USUAL_HISTORIES = 1000, 10, 10_000, 1000
Entry = tuple[int, History, tuple[Item, ...]]


class ChangelogRequest(Struct):
    """Body of `/changelog/bulkfetch`."""

    issueIdsOrKeys: list[str]
    fieldIds: list[str] = []
    maxResults: int = USUAL_HISTORIES
    nextPageToken: str | None = None


def changes(world: World, asked: ChangelogRequest) -> dict[str, object]:
    """Body of `/changelog/bulkfetch`: an issue's history may go on on the next page."""
    if not 1 <= len(asked.issueIdsOrKeys) <= MOST_ISSUES:
        raise Refused(400, f"issueIdsOrKeys: between 1 and {MOST_ISSUES} are allowed.")
    if len(asked.fieldIds) > MOST_FIELDS:
        raise Refused(400, f"fieldIds: at most {MOST_FIELDS} are allowed.")
    if not 1 <= asked.maxResults <= MOST_HISTORIES:
        raise Refused(400, f"maxResults: between 1 and {MOST_HISTORIES} is allowed.")
    site = snapshot(world, world.now_ms)
    key = ("changes", tuple(asked.issueIdsOrKeys), tuple(asked.fieldIds))
    entries = world.once(key, lambda: _entries(site, asked, world.now_ms))
    offset = _offset(asked.nextPageToken)
    after = offset + asked.maxResults
    by_issue: dict[int, list[dict[str, object]]] = {}
    for issue_id, history, items in entries[offset:after]:
        by_issue.setdefault(issue_id, []).append(history_body(site, history, items))
    body: dict[str, object] = {
        "issueChangeLogs": [
            {"issueId": str(issue_id), "changeHistories": histories}
            for issue_id, histories in by_issue.items()
        ]
    }
    if after < len(entries):
        body["nextPageToken"] = base64.urlsafe_b64encode(str(after).encode()).decode()
    return body


def _entries(site: Snapshot, asked: ChangelogRequest, at_ms: int) -> list[Entry]:
    """The histories of the issues that may be seen, with the items asked for."""
    wanted = set(asked.fieldIds)
    found: list[Entry] = []
    for name in dict.fromkeys(asked.issueIdsOrKeys):
        known = site.by_id.get(int(name)) if name.isdigit() else None
        state = known or site.by_key.get(name)
        if state is None:
            continue
        for history in state.record.histories:
            if history.at_ms > at_ms:
                break
            items = tuple(
                i for i in history.items if not wanted or i.field_id in wanted
            )
            if items:
                found.append((state.issue_id, history, items))
    return sorted(found, key=lambda entry: (entry[1].at_ms, entry[0]))


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError):
        raise Refused(400, "The provided nextPageToken is invalid.") from None


def history_body(
    site: Snapshot, history: History, items: tuple[Item, ...]
) -> dict[str, object]:
    """An entry with some of its items."""
    author = site.account(history.author)
    return {
        "id": str(history.history_id),
        **({} if author is None else {"author": author}),
        # A number here, where every other endpoint sends text.
        "created": history.at_ms,
        "items": [
            {
                "field": item.field,
                "fieldtype": "custom" if item.is_custom else "jira",
                "fieldId": item.field_id,
                "from": item.before,
                "fromString": item.before_shown,
                "to": item.after,
                "toString": item.after_shown,
            }
            for item in items
        ],
    }
