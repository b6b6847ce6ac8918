"""What an issue's development panel shows: pull requests, commits and branches.

The panel has no public API; this one is what the page itself asks, one call for each
issue, kind of host and kind of thing, so that it is read only where it is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.page import Page
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.content import stored
from ingestion.sources.jira.shapes import news

PATH: Final = "/rest/dev-status/1.0/issue/detail"
DATA_TYPES: Final = ("pullrequest", "repository", "branch")
# …/owner/repo/pull/12, …/group/project/-/merge_requests/12, …/repos/r/pull-requests/12
PULL_REQUEST: Final = re.compile(
    r"^/(?P<repository>.+?)(?:/-)?/(?:pull|pull-requests|merge_requests)/(?P<number>\d+)"
)
Link = tuple[str, str, str]  # kind, identifier, host


class Located(Struct, gc=False):
    """Something with an address."""

    url: str | None = None


class Commit(Struct, gc=False):
    """A commit."""

    id: str
    url: str | None = None


class Branch(Struct, gc=False):
    """A branch, known by its newest commit; its name is somebody's words."""

    lastCommit: Commit | None = None
    url: str | None = None


class Repository(Struct):
    """A repository with commits that name the issue."""

    commits: list[Commit] = []


class Detail(Struct):
    """What one host knows of the issue."""

    pullRequests: list[Located] = []
    repositories: list[Repository] = []
    branches: list[Branch] = []


class Panel(Struct):
    """An answer; `errors` are hosts that could not be asked."""

    detail: list[Detail]
    errors: list[msgspec.Raw] = []


PANEL: Final = Shape(Panel, "jira/development_links")


def development_links(
    api: Jira, site: str, issue_ids: Sequence[str], hosts: Sequence[str]
) -> Iterator[Page]:
    """Links of the issues; `hosts` are the panel's words, such as GitHub or stash."""
    for issue_id in issue_ids:
        for host in hosts:
            for data_type in DATA_TYPES:
                yield _page(api, site, issue_id, host, data_type)


def _page(api: Jira, site: str, issue_id: str, host: str, data_type: str) -> Page:
    asked = [
        ("issueId", issue_id),
        ("applicationType", host),
        ("dataType", data_type),
    ]
    body = api.get(PATH, asked).body
    panel = PANEL.read(body)
    links = list(dict.fromkeys(_links(panel)))
    failed = len(panel.errors)
    return Page(
        {
            "site": [site] * len(links),
            "issue_id": [issue_id] * len(links),
            "link_kind": [kind for kind, _, _ in links],
            "identifier": [identifier for _, identifier, _ in links],
            "url_host": [place for _, _, place in links],
        },
        body=stored(body) if links else b"",
        unknown_fields=news(PANEL.unknown_fields(body)),
        note=f"{failed} hosts could not be asked by the site" if failed else "",
    )


def _links(panel: Panel) -> Iterator[Link]:
    for detail in panel.detail:
        for pull_request in detail.pullRequests:
            at = urlsplit(pull_request.url or "")
            if named := PULL_REQUEST.match(at.path):
                repository = _without_rooms(named["repository"])
                yield "pull_request", f"{repository}#{named['number']}", at.netloc
        for repository in detail.repositories:
            for commit in repository.commits:
                yield "commit", commit.id, urlsplit(commit.url or "").netloc
        for branch in detail.branches:
            if branch.lastCommit is not None:
                place = urlsplit(branch.url or branch.lastCommit.url or "").netloc
                yield "branch", branch.lastCommit.id, place


def _without_rooms(path: str) -> str:
    """`projects/P/repos/r`, as Bitbucket's server writes it, as `P/r`."""
    parts = path.split("/")
    return "/".join(p for n, p in enumerate(parts) if n % 2 or p not in _ROOMS)


_ROOMS: Final = frozenset({"projects", "users", "repos"})
