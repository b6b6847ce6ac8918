"""The connection to Bitbucket Cloud, and what helps when it is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ingestion.clock import Clock
from ingestion.connector import Surroundings
from ingestion.decoding import Shape
from ingestion.hosts.accounts import account_kind
from ingestion.hosts.settings import CodeHost, CodeHosts, Place
from ingestion.http import Api, BasicAuth, BearerAuth
from ingestion.pagination import token_pages
from ingestion.sources.bitbucket.shapes import Account, Listed

Item = TypeVar("Item")
PER_PAGE: Final = 50
_SEES: Final = (
    "check workspace and name of the repository, and give the token the scopes "
    "read:repository and read:pullrequest."
)
FIXES: Final = {
    401: "create an API token with scopes at id.atlassian.com under Security and name "
    "its account in email_env, or an access token of the workspace without it, and put "
    "both into the configured environment variables.",
    403: _SEES,
    404: _SEES,
}


class BitbucketHost(CodeHost):
    """Bitbucket Cloud, read with a person's API token and e-mail, or, where no
    `email_env` is named, with an access token of the workspace."""

    host: str = "bitbucket.org"
    base_url: str = "https://api.bitbucket.org/2.0"
    email_env: str | None = None
    token_env: str = "BITBUCKET_TOKEN"  # noqa: S105 - the name of a variable


class Bitbucket(CodeHosts[BitbucketHost]):
    """Repositories at Bitbucket Cloud, by workspace and name. Its accounts are those
    of Jira."""


@dataclass(frozen=True)
class Host:
    """One host."""

    named: BitbucketHost
    api: Api


@dataclass(frozen=True)
class Connection:
    """All hosts, and the present."""

    hosts: tuple[Host, ...]
    clock: Clock


def connect(named: Bitbucket, around: Surroundings) -> Connection:
    """The connection that the configuration names."""
    hosts = [
        Host(
            each,
            Api(
                "bitbucket",
                each.base_url.rstrip("/"),
                _auth(each, around),
                fixes=FIXES,
                sleep=around.sleep,
            ),
        )
        for each in named.root
    ]
    return Connection(tuple(hosts), around.clock)


def _auth(named: BitbucketHost, around: Surroundings) -> BasicAuth | BearerAuth:
    token = around.secret(named.token_env)
    if named.email_env is None:
        return BearerAuth(token)
    return BasicAuth(around.secret(named.email_env), token)


def repository(place: Place) -> str:
    """The path of a repository."""
    return f"/repositories/{place.name}"


def listed(
    api: Api,
    path: str,
    shape: Shape[Listed[Item]],
    params: Sequence[tuple[str, str]] = (),
) -> Iterator[tuple[list[Item], bytes]]:
    """Every page of a list with its body; each names the next one by its address."""
    first = [*params, ("pagelen", str(PER_PAGE))]

    def fetch(following: str | None) -> tuple[tuple[list[Item], bytes], str | None]:
        answer = api.get(path, first) if following is None else api.get(following)
        found = shape.read(answer.body)
        link = None if found.next is None else api.path_of(found.next)
        return (found.values, answer.body), link

    return token_pages(fetch, api.source)


def account(host: Host, user: Account | None) -> tuple[str | None, str]:
    """Id and kind of an account; a deleted one has neither."""
    if user is None or user.account_id is None:
        return None, "unknown"
    is_bot = {"user": False, "app_user": True, "AppUser": True}.get(user.type or "")
    return user.account_id, account_kind(user.nickname, is_bot, host.named.bots)
