"""GitHub as the simulator serves it, and what its tables hold."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.github.answers import refusal
from ingestion.simulator.github.keys import TOKEN, WEAK_TOKEN
from ingestion.simulator.github.routes import lines, plain_issues, routes
from ingestion.simulator.hosting.places import (
    CI_LOGIN,
    OWNER,
    REPOSITORIES,
    github_links,
)
from ingestion.simulator.hosting.selection import changed
from ingestion.simulator.vendor import Controls, Example, SimulatedVendor
from ingestion.window import Window

HOST = "github.works.example"
STARTS_ON = date(2026, 1, 1)
_EXAMPLES = "github_openapi/openapi_examples_subset.json"
_EXAMPLE = "/pulls/1347"  # the number of the official example
_OVERLAP, _EDITABLE = timedelta(days=1), timedelta(days=30)


def settings(url: str, folder: Path) -> list[Mapping[str, Any]]:
    """The host's part of the configuration."""
    return [
        {
            "host": HOST,
            "base_url": url,
            "bots": [CI_LOGIN],
            "starts_on": STARTS_ON,
            "repositories": [
                {"name": f"{OWNER}/{name}", "repository": name}
                for name in REPOSITORIES["github"]
            ],
        }
    ]


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums of what was updated in the window or is open."""
    start, at_ms = datetime.combine(window.first, time(), UTC), timeline.epoch_ms(at)
    first = start - _OVERLAP
    names = REPOSITORIES["github"]
    found = [r for name in names for r in changed(company, name, at, first)]
    older = [r for name in names for r in changed(company, name, at, start - _EDITABLE)]
    sized = [r for r in found if r.updated_ms(at_ms) >= timeline.epoch_ms(first)]
    issues = [
        issue
        for name in names
        for issue in plain_issues(company.seed, "", name, at_ms)
        if issue["updated_at"] >= f"{first:%Y-%m-%dT%H:%M:%SZ}"
    ]
    return {
        "repositories": {"rows": len(names)},
        "pull_requests": {
            "rows": len(found),
            "number": sum(request.number for request in found),
        },
        "pull_request_sizes": {
            "rows": len(sized),
            "added_lines": sum(lines(request)[0] for request in sized),
            "deleted_lines": sum(lines(request)[1] for request in sized),
            "commits_n": sum(len(request.commits) for request in sized),
        },
        "pull_request_commits": {"rows": sum(len(r.commits) for r in found)},
        "reviews": {"rows": sum(len(r.said(at_ms)) for r in older)},
        **({"issues": {"rows": len(issues)}} if issues else {}),
    }


def _examples() -> tuple[Example, ...]:
    """The official bodies, each as the answer of either repository; what is read by
    pull request begins with the list of them. The body of issues holds a pull request
    and no issue."""
    pulls = ("/pull-request-simple-items/value", "/pulls")
    reviews = ("/pull-request-review-items/value", f"{_EXAMPLE}/reviews")
    commits = ("/commit-items/value", f"{_EXAMPLE}/commits")
    return tuple(
        Example(table, _EXAMPLES, pointer, f"/repos/{OWNER}/{name}{path}")
        for name in REPOSITORIES["github"]
        for table, bodies in (
            ("pull_requests", (pulls,)),
            ("reviews", (pulls, reviews)),
            ("pull_request_commits", (pulls, commits)),
        )
        for pointer, path in bodies
    )


VENDOR = SimulatedVendor(
    source="github",
    routes=routes,
    settings=settings,
    secrets={"GITHUB_CODE_TOKEN": TOKEN},
    weak_secrets={"GITHUB_CODE_TOKEN": WEAK_TOKEN},
    expected=expected,
    links=github_links,
    refusal=refusal,
    examples=_examples(),
)
