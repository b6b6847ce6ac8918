"""Search by JQL, counts, and single issues."""

import base64
import binascii
import hashlib

import msgspec
from msgspec import Struct

from ingestion.simulator import timeline
from ingestion.simulator.jira.answers import API, HOST, Refused
from ingestion.simulator.jira.jql import search
from ingestion.simulator.jira.snapshot import Snapshot, snapshot
from ingestion.simulator.jira.state import State
from ingestion.simulator.world import World

# With more than ids and keys asked for, a page holds fewer issues.
MOST_IDS, MOST_ISSUES, USUAL_ISSUES = 5000, 100, 50
_TOKEN_DAYS = 7


class SearchRequest(Struct):
    """Body of `/search/jql`."""

    jql: str = ""
    nextPageToken: str | None = None
    maxResults: int = USUAL_ISSUES
    fields: list[str] = []
    expand: str | None = None
    properties: list[str] = []
    fieldsByKeys: bool = False
    failFast: bool = False
    reconcileIssues: list[int] = []


class CountRequest(Struct):
    """Body of `/search/approximate-count`."""

    jql: str = ""


def found(world: World, asked: SearchRequest) -> dict[str, object]:
    """Body of `/search/jql`: no total, and a token until the last page."""
    digest = hashlib.sha256(f"{asked.jql}{asked.fields}".encode()).hexdigest()[:12]
    offset, at_ms = _start(world, asked.nextPageToken, digest)
    site = snapshot(world, at_ms)
    states = world.once(
        ("search", asked.jql, at_ms),
        lambda: search(asked.jql, at_ms).chosen(site.states),
    )
    wanted = asked.fields or ["id"]
    is_small = set(wanted) <= {"id", "key"}
    most = MOST_IDS if is_small else MOST_ISSUES
    if asked.maxResults < 0:
        raise Refused(400, "maxResults must not be negative.")
    after = offset + min(asked.maxResults or USUAL_ISSUES, most)
    body: dict[str, object] = {
        "issues": [_issue(site, s, wanted) for s in states[offset:after]],
        "isLast": after >= len(states),
    }
    if after < len(states):
        packed = msgspec.json.encode((digest, after, at_ms))
        body["nextPageToken"] = base64.urlsafe_b64encode(packed).decode()
    return body


def counted(world: World, asked: CountRequest) -> dict[str, object]:
    """Body of `/search/approximate-count`."""
    site = snapshot(world, world.now_ms)
    return {"count": len(search(asked.jql, world.now_ms).chosen(site.states))}


def issue(world: World, id_or_key: str) -> dict[str, object]:
    """Body of `/issue/{id}`, by id, key, or a key from before a move."""
    site = snapshot(world, world.now_ms)
    known = site.by_id.get(int(id_or_key)) if id_or_key.isdigit() else None
    state = known or site.by_key.get(id_or_key)
    if state is None:
        raise Refused(
            404, "Issue does not exist or you do not have permission to see it."
        )
    return _issue(site, state, ["*all"])


def _start(world: World, token: str | None, digest: str) -> tuple[int, int]:
    """(offset, instant of the snapshot) of the page asked for."""
    if token is None:
        return 0, world.now_ms
    try:
        known, offset, at_ms = msgspec.json.decode(
            base64.urlsafe_b64decode(token), type=tuple[str, int, int]
        )
    except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(400, "The provided nextPageToken is invalid.") from None
    if known != digest:
        raise Refused(400, "The provided nextPageToken belongs to another query.")
    if world.now_ms - at_ms > _TOKEN_DAYS * timeline.DAY_MS:
        raise Refused(400, "The provided nextPageToken has expired.")
    return offset, at_ms


def _issue(site: Snapshot, state: State, wanted: list[str]) -> dict[str, object]:
    body: dict[str, object] = {"id": str(state.issue_id)}
    if set(wanted) != {"id"}:
        body |= {
            "expand": "",
            "self": f"{HOST}{API}/issue/{state.issue_id}",
            "key": state.key,
        }
    fields = site.fields(state, wanted)
    return {**body, "fields": fields} if fields else body
