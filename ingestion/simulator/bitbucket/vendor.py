"""Bitbucket as the simulator serves it, and what its tables hold."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ingestion.simulator import timeline
from ingestion.simulator.bitbucket.objects import kept
from ingestion.simulator.bitbucket.routes import (
    NAME,
    TOKEN,
    WEAK_TOKEN,
    refusal,
    routes,
)
from ingestion.simulator.company import Company
from ingestion.simulator.hosting.places import CI_LOGIN, OWNER
from ingestion.simulator.hosting.selection import changed
from ingestion.simulator.vendor import Controls, SimulatedVendor
from ingestion.window import Window

HOST = "bitbucket.works.example"
STARTS_ON = date(2026, 1, 1)


def settings(url: str, folder: Path) -> list[Mapping[str, Any]]:
    """The host's part of the configuration."""
    return [
        {
            "host": HOST,
            "base_url": url,
            "bots": [CI_LOGIN],
            "starts_on": STARTS_ON,
            "repositories": [{"name": f"{OWNER}/{NAME}", "repository": NAME}],
        }
    ]


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of what was updated in the window or is open."""
    at_ms = timeline.epoch_ms(at)
    start = datetime.combine(window.first, time(), UTC) - timedelta(days=1)
    found = changed(company, NAME, at, start)
    said = sum(len(kept(request, at_ms)) for request in found)
    marked = sum(ms <= at_ms for request in found for _, ms in request.marked)
    ended = sum(request.state(at_ms) != "open" for request in found)
    return {
        "repositories": {"rows": 1},
        "pull_requests": {
            "rows": len(found),
            "number": sum(request.number for request in found),
        },
        "pull_request_commits": {"rows": sum(len(r.commits) for r in found)},
        "activities": {"rows": len(found) + said + marked + ended},
    }


VENDOR = SimulatedVendor(
    source="bitbucket",
    routes=routes,
    settings=settings,
    secrets={"BITBUCKET_TOKEN": TOKEN},
    weak_secrets={"BITBUCKET_TOKEN": WEAK_TOKEN},
    expected=expected,
    refusal=refusal,
    row_fields=("values",),
    cursor_fields=("next",),
)
