"""How any code host is configured: which repositories of which host are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Generic, TypeVar

from pydantic import ConfigDict, Field, RootModel

from ingestion.connector import Part, Since

FIRST_DAY: Final = date(2025, 1, 1)


class HostedRepository(Part):
    """A repository of a host, and the name that `sources.git` gives the same one."""

    name: str = Field(pattern=r"^[^/\s?#%]+(/[^/\s?#%]+)+$")
    repository: str | None = None


class CodeHost(Part):
    """One host; `host` is its name in every table. Accounts in `bots`, by login, are
    machines that the host does not mark as such."""

    host: str
    base_url: str
    repositories: tuple[HostedRepository, ...] = Field(min_length=1)
    bots: tuple[str, ...] = ()
    starts_on: date = FIRST_DAY


Named = TypeVar("Named", bound=CodeHost)


class CodeHosts(RootModel[tuple[Named, ...]], Generic[Named]):
    """All hosts of one kind."""

    model_config = ConfigDict(frozen=True)
    root: tuple[Named, ...] = Field(min_length=1)

    @property
    def starts_on(self) -> date:
        """First day of which anything is read."""
        return min(host.starts_on for host in self.root)


@dataclass(frozen=True)
class Place:
    """A repository at its host, and from when on its pull requests are read again."""

    host: str
    name: str
    repository: str | None
    since: datetime


def places(named: CodeHost, since: Since | None) -> Iterator[Place]:
    """The host's repositories; what landed of one before moves its start."""
    start = datetime.combine(named.starts_on, time(), UTC)
    for each in named.repositories:
        landed = since(named.host, each.name) if since else None
        at = start if landed is None else max(start, _utc(landed))
        yield Place(named.host, each.name, each.repository, at)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
