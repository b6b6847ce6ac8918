"""The connection to GitHub.com and Enterprise Servers, and what helps when refused."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

from pydantic import Field, model_validator
from requests.auth import AuthBase

from ingestion.clock import Clock
from ingestion.connector import Surroundings
from ingestion.hosts.settings import CodeHost, CodeHosts
from ingestion.http import Api, BearerAuth
from ingestion.sources.github.app import AppAuth

CLOUD: Final = "https://api.github.com"
_SEES: Final = (
    "check the name of the repository, and give the token read access to it: "
    "“Pull requests”, “Issues” and “Metadata” as read-only, or the scope "
    "repo of a classic token; an organisation with single sign-on has to authorise it."
)
FIXES: Final = {
    401: "create a token at github.com under Settings, Developer settings, or check "
    "the App's id, installation and private key, and put it into the configured "
    "environment variable; renew it if it has expired.",
    403: _SEES,
    404: _SEES,
}


class GitHubHost(CodeHost):
    """GitHub.com or an Enterprise Server (`https://HOST/api/v3`), read with a token or
    as an installed App."""

    host: str = "github.com"
    base_url: str = CLOUD
    token_env: str = "GITHUB_TOKEN"  # noqa: S105 - the name of a variable
    app_id: int | None = None
    installation_id: int | None = None
    private_key_env: str = "GITHUB_APP_PRIVATE_KEY"
    api_version: str = Field(default="2022-11-28", pattern=r"^\d{4}-\d\d-\d\d$")

    @model_validator(mode="after")
    def _names_both(self) -> Self:
        if (self.app_id is None) != (self.installation_id is None):
            raise ValueError("name both app_id and installation_id, or neither")
        return self


class GitHub(CodeHosts[GitHubHost]):
    """Repositories at GitHub.com or Enterprise Servers, each host with a token or, as
    an App, with `app_id`, `installation_id` and a private key."""


@dataclass(frozen=True)
class Host:
    """One host with its two ways of asking."""

    named: GitHubHost
    api: Api
    graph: Api


@dataclass(frozen=True)
class Connection:
    """All hosts, and the present."""

    hosts: tuple[Host, ...]
    clock: Clock


def connect(named: GitHub, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    hosts = tuple(
        host(each, _auth(each, around), sleep=around.sleep) for each in named.root
    )
    return Connection(hosts, around.clock)


def host(
    named: GitHubHost,
    auth: AuthBase,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Host:
    """Both APIs of a host; an Enterprise Server has GraphQL beside `/api/v3`."""
    base_url = named.base_url.rstrip("/")
    headers = {
        "accept": "application/vnd.github+json",
        "x-github-api-version": named.api_version,
    }
    rest, graph = (
        Api("github", url, auth, headers=headers, fixes=FIXES, sleep=sleep)
        for url in (base_url, base_url.removesuffix("/v3"))
    )
    return Host(named, rest, graph)


def _auth(named: GitHubHost, around: Surroundings) -> AuthBase:
    if named.app_id is None or named.installation_id is None:
        return BearerAuth(around.secret(named.token_env))
    return AppAuth(
        named.base_url.rstrip("/"),
        named.app_id,
        named.installation_id,
        around.secret(named.private_key_env),
        around.clock,
        FIXES,
        around.sleep,
    )
