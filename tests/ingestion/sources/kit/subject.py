"""What the kit examines: one connector at the simulator, and the lake it lands in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partialmethod
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import requests

from ingestion.clock import FixedClock
from ingestion.connector import Connector, Feed, Surroundings
from ingestion.errors import BadCredentials
from ingestion.http import Api
from ingestion.lake import Lake, Receipt
from ingestion.page import Page
from ingestion.simulator import PRESENT, Company
from ingestion.simulator.vendor import SimulatedVendor
from ingestion.table import Table
from ingestion.window import Window

LENGTH = 4  # days of the window that most cases read


@dataclass(frozen=True)
class Subject:
    """One connector, its simulated vendor, and a lake of the test's own."""

    connector: Connector
    vendor: SimulatedVendor
    company: Company
    url: str
    home: Path
    folder: Path
    present: datetime = PRESENT

    @property
    def has_api(self) -> bool:
        """Whether the vendor answers over HTTP; others leave files."""
        return self.vendor.routes is not None

    @property
    def settings(self) -> Any:
        """What the demo's configuration says of the vendor."""
        said = self.vendor.settings(f"{self.url}/{self.vendor.source}", self.home)
        return self.connector.settings.model_validate(said)

    @property
    def window(self) -> Window:
        """Days that are over and within the vendor's reach."""
        last = self.present.date() - timedelta(days=self.connector.lag_days + 1)
        return Window(last - timedelta(days=LENGTH - 1), last)

    @property
    def day_feeds(self) -> tuple[Feed, ...]:
        """Feeds of window tables."""
        return tuple(f for f in self.connector.feeds if f.table.kind == "window")

    @property
    def moving_feeds(self) -> tuple[Feed, ...]:
        """Feeds that ask for what is new: by day, or since the last update."""
        feeds = self.connector.feeds
        return tuple(f for f in feeds if f.table.kind == "window" or f.is_incremental)

    def at(self, present: datetime) -> "Subject":
        """The same subject at another present, the vendor's clock or files included."""
        if self.vendor.write is not None:
            home = self.folder / f"home-{present:%Y%m%dT%H}"
            self.vendor.write(self.company, present, home)
            return replace(self, present=present, home=home)
        self.control("clock", {"present": present.isoformat()})
        return replace(self, present=present)

    def control(self, what: str, body: Any) -> None:
        """A control request to the simulator."""
        answer = requests.post(f"{self.url}/_simulator/{what}", json=body, timeout=60)
        assert answer.status_code == 200, answer.text

    def asked(self) -> list[str]:
        """Every request to this vendor so far."""
        seen = requests.get(f"{self.url}/_simulator/requests", timeout=60).json()
        return [line for line in seen if f" /{self.vendor.source}" in line]

    def connection(
        self,
        secrets: Mapping[str, str] | None = None,
        settings: Any = None,
    ) -> Any:
        """A connection with the vendor's good secrets, or with others."""
        known = self.vendor.secrets if secrets is None else secrets

        def secret(name: str) -> str:
            if name not in known:
                raise BadCredentials(
                    self.connector.source,
                    f"the environment variable {name} is not set.",
                    fix=f"export {name}.",
                )
            return known[name]

        around = Surroundings(
            FixedClock(self.present), secret, self.home, lambda seconds: None
        )
        return self.connector.connect(settings or self.settings, around)

    def lake(self, name: str = "lake") -> Lake:
        """A lake of this test."""
        return Lake(self.folder / name, FixedClock(self.present))

    def land(
        self,
        lake: Lake,
        feed: Feed,
        window: Window | None = None,
        pages: Callable[[Iterable[Page]], Iterator[Page]] = iter,
    ) -> list[Receipt]:
        """The receipts of one pull of a feed."""
        connection = self.connection()
        days = window or self.window
        if feed.table.kind == "entity":
            found = pages(read(feed, connection, days))
            return [lake.merge(feed.table, found, accept_smaller=True)]
        receipts: list[Receipt] = []
        for piece in days.ranges(self.connector.range_days):
            found = pages(read(feed, connection, piece))
            receipts += lake.replace_days(feed.table, piece, found, accept_smaller=True)
        return receipts

    def landed(self, name: str, window: Window | None = None) -> Lake:
        """A lake with every feed landed once."""
        lake = self.lake(name)
        lake.initialise(self.connector.tables)
        for feed in self.connector.feeds:
            self.land(lake, feed, window)
        return lake


def read(feed: Feed, connection: Any, window: Window) -> Iterable[Page]:
    """The pages of a window, or of what was updated since it began, or of all."""
    if feed.table.kind == "window":
        return feed.read(connection, window)
    if feed.is_incremental:
        return feed.read(connection, lambda *_: instant(window.first, 0))
    return feed.read(connection)


def content(lake: Lake, table: Table) -> list[dict[str, Any]]:
    """What is in force of a table, without where it came from."""
    rows = lake.current(table)
    own = [column.name for column in table.columns]
    if table.kind == "entity":
        own.append("removed_at")
    return sorted(rows.select(own).to_pylist(), key=repr)


def sums(rows: pa.Table, names: Iterable[str]) -> dict[str, int | Decimal]:
    """Row count (`rows`) and sums of columns, nothing counting as zero."""
    found: dict[str, int | Decimal] = {}
    for name in names:
        if name == "rows":
            found[name] = rows.num_rows
        else:
            found[name] = pc.sum(rows[name]).as_py() or 0
    return found


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that wait a moment for an answer and not a minute."""
    patched = partialmethod(Api.__init__, timeout=(2.0, 0.4))
    monkeypatch.setattr(Api, "__init__", patched)


def instant(day: date, hour: int = 12) -> datetime:
    """An instant of a UTC day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
