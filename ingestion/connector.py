"""What a vendor's connector is: the one object its package has to offer.

configuration → `Connector.connect` → connection → `Feed.read` → pages of one table

A package below `ingestion.sources` that has a `CONNECTOR` is found by itself; its
assets, its part of the configuration and its check in `tokenworth doctor` follow.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from ingestion.clock import Clock
from ingestion.page import Page
from ingestion.probe import Probe
from ingestion.table import Table


class Part(BaseModel):
    """A part of the configuration: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceSettings(Part):
    """What the configuration says of any vendor: the first day expected from it."""

    starts_on: date


class Settings(Protocol):
    """The same of any system, one vendor or several hosts."""

    @property
    def starts_on(self) -> date: ...


# The newest update that landed of a repository at a host, by both names; None before.
Since = Callable[[str, str], datetime | None]
SourceKind = Literal["ai_vendor", "code"]


@dataclass(frozen=True)
class Surroundings:
    """What a connection may need beside its settings.

    `secret` gives the value of a named environment variable and raises BadCredentials
    without it; relative paths of the configuration lie in `folder`.
    """

    clock: Clock
    secret: Callable[[str], str]
    folder: Path
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Feed:
    """A table and what reads it: a window table by (connection, window), whose window
    is at most `Connector.range_days` long; an entity table by (connection), or, where
    it is read from the last update on, by (connection, since)."""

    table: Table
    read: Callable[..., Iterable[Page]]
    is_incremental: bool = False


@dataclass(frozen=True)
class Connector:
    """How one vendor or kind of code host is read.

    `plan` and `permission` say in words what the account needs, for whoever sets it
    up. `settings` is the model of its part of the configuration, with a `starts_on`.
    `connect` takes the settings and the surroundings; nothing is asked of the
    vendor before a feed is read. `lag_days` are the days until a day's report is due.
    """

    source: str
    title: str
    plan: str
    permission: str
    settings: type[Any]
    connect: Callable[[Any, Surroundings], Any]
    probe: Callable[[Any], Probe]
    feeds: tuple[Feed, ...]
    lag_days: int = 1
    range_days: int = 31
    kind: SourceKind = "ai_vendor"

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in the order of its feeds."""
        return tuple(feed.table for feed in self.feeds)

    @property
    def revision_days(self) -> int:
        """Days the vendor may still revise: the longest of its tables."""
        return max((table.revision_days for table in self.tables), default=0)
