"""GitLab as the simulator serves it, and what its tables hold."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.gitlab.routes import (
    NAME,
    TOKEN,
    WEAK_TOKEN,
    refusal,
    routes,
)
from ingestion.simulator.hosting.places import CI_LOGIN, OWNER, gitlab_links
from ingestion.simulator.hosting.selection import changed
from ingestion.simulator.vendor import Controls, SimulatedVendor
from ingestion.window import Window

HOST = "gitlab.works.example"
STARTS_ON = date(2026, 1, 1)


def settings(url: str, folder: Path) -> list[Mapping[str, Any]]:
    """The host's part of the configuration."""
    return [
        {
            "host": HOST,
            "base_url": url,
            "bots": [CI_LOGIN, "dependabot[bot]"],
            "starts_on": STARTS_ON,
            "repositories": [{"name": f"{OWNER}/{NAME}", "repository": NAME}],
        }
    ]


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of what was updated in the window or is open."""
    at_ms = timeline.epoch_ms(at)
    start = datetime.combine(window.first, time(), UTC) - timedelta(days=1)
    found = changed(company, NAME, at, start)
    sized = [r for r in found if r.updated_ms(at_ms) >= timeline.epoch_ms(start)]
    steps = [request.step for request in sized if request.step is not None]
    said = sum(len(request.said(at_ms)) for request in found)
    marked = sum(ms <= at_ms for request in found for _, ms in request.marked)
    return {
        "projects": {"rows": 1},
        "merge_requests": {
            "rows": len(found),
            "number": sum(request.number for request in found),
        },
        "merge_request_sizes": {
            "rows": len(sized),
            "added_lines": sum(step.added for step in steps),
            "deleted_lines": sum(step.deleted for step in steps),
            "commits_n": sum(len(request.commits) for request in sized),
        },
        "merge_request_commits": {"rows": sum(len(r.commits) for r in found)},
        "notes": {"rows": said + marked},
    }


VENDOR = SimulatedVendor(
    source="gitlab",
    routes=routes,
    settings=settings,
    secrets={"GITLAB_TOKEN": TOKEN},
    weak_secrets={"GITLAB_TOKEN": WEAK_TOKEN},
    expected=expected,
    links=gitlab_links,
    refusal=refusal,
)
