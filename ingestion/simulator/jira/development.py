"""The development panel: the pull requests that brought an issue's changes."""

from collections import defaultdict

from ingestion.simulator.change import Change
from ingestion.simulator.jira.answers import shown
from ingestion.simulator.world import World

PANEL = "/rest/dev-status/1.0"
FORGE, OWNER = "forge.example", "works"
HOST_KIND = "GitHub"


def panel(world: World, issue_id: str, kind: str, data_type: str) -> dict[str, object]:
    """Body of `/issue/detail`: only pull requests are told to the site."""
    changes = world.once("panels", lambda: _by_issue(world)).get(issue_id, [])
    told = changes if (kind, data_type) == (HOST_KIND, "pullrequest") else []
    detail: dict[str, object] = {
        "branches": [],
        "pullRequests": [_pull_request(change) for change in told],
        "repositories": [],
        "_instance": {"name": kind, "type": kind, "singleInstance": True},
    }
    return {"errors": [], "detail": [detail]}


def _by_issue(world: World) -> dict[str, list[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for change in world.company.changes:
        if change.issue_id is not None and change.merged_ms <= world.now_ms:
            found[str(change.issue_id)].append(change)
    return found


def _pull_request(change: Change) -> dict[str, object]:
    return {
        "id": f"#{change.number}",
        "name": "Generated pull request",
        "url": f"https://{FORGE}/{OWNER}/{change.repository}/pull/{change.number}",
        "status": "MERGED",
        "lastUpdate": shown(change.merged_ms),
        "repositoryName": f"{OWNER}/{change.repository}",
    }
