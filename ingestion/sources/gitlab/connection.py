"""The connection to GitLab.com and self-managed servers, and what helps if refused."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ingestion.clock import Clock
from ingestion.connector import Surroundings
from ingestion.hosts.settings import CodeHost, CodeHosts, Place
from ingestion.http import Api, HeaderAuth

_SEES: Final = (
    "check the path of the project, and let the owner of the token be a member of it "
    "with the role Reporter or more, the token with the scope read_api."
)
FIXES: Final = {
    401: "create an access token with the scope read_api in GitLab under Preferences, "
    "Access tokens, or in the group's settings, and put it into the configured "
    "environment variable; renew it if it has expired.",
    403: _SEES,
    404: _SEES,
}


class GitLabHost(CodeHost):
    """GitLab.com or a self-managed server, read with an access token."""

    host: str = "gitlab.com"
    base_url: str = "https://gitlab.com"
    token_env: str = "GITLAB_TOKEN"  # noqa: S105 - the name of a variable


class GitLab(CodeHosts[GitLabHost]):
    """Projects at GitLab.com or self-managed servers, each with an access token."""


@dataclass(frozen=True)
class Host:
    """One host."""

    named: GitLabHost
    api: Api


@dataclass(frozen=True)
class Connection:
    """All hosts, and the present."""

    hosts: tuple[Host, ...]
    clock: Clock


def connect(named: GitLab, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    hosts = [
        Host(
            each,
            Api(
                "gitlab",
                each.base_url.rstrip("/"),
                HeaderAuth("PRIVATE-TOKEN", around.secret(each.token_env)),
                fixes=FIXES,
                sleep=around.sleep,
            ),
        )
        for each in named.root
    ]
    return Connection(tuple(hosts), around.clock)


def project(place: Place) -> str:
    """The path of a project at the REST API."""
    return f"/api/v4/projects/{quote(place.name, safe='')}"
