"""Configuration as pages, one a table, from values that were validated before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from ingestion.page import Page


class KnownSource(NamedTuple):
    """A source that can be connected, and what to expect of its reports.

    `starts_on` None is a source that is not connected.
    """

    source: str
    source_kind: str
    starts_on: date | None
    revision_days: int = 0
    reporting_lag_days: int = 0


class Entity(Protocol):
    """A legal entity as the configuration describes it."""

    @property
    def entity(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def notice_ref(self) -> str | None: ...
    @property
    def agreement_ref(self) -> str | None: ...
    @property
    def dpia_ref(self) -> str | None: ...


def settings(
    *,
    organisation: str,
    time_zone: str,
    fiscal_year_starts_month: int,
    as_of_at: datetime,
    outcomes_start_date: date,
    configuration_hash: str,
) -> Iterator[Page]:
    """One page of `config/settings`, with its one row."""
    yield Page(
        {
            "organisation": [organisation],
            "time_zone": [time_zone],
            "fiscal_year_starts_month": [fiscal_year_starts_month],
            "as_of_at": [as_of_at],
            "outcomes_start_date": [outcomes_start_date],
            "configuration_hash": [configuration_hash],
        }
    )


def sources(known: Sequence[KnownSource]) -> Iterator[Page]:
    """One page of `config/sources`: every source that could be connected."""
    yield Page(
        {
            "source": [each.source for each in known],
            "source_kind": [each.source_kind for each in known],
            "is_connected": [each.starts_on is not None for each in known],
            "starts_on": [each.starts_on for each in known],
            "revision_days": [each.revision_days for each in known],
            "reporting_lag_days": [each.reporting_lag_days for each in known],
        }
    )


def entities(described: Iterable[Entity]) -> Iterator[Page]:
    """One page of `config/entities`."""
    found = list(described)
    yield Page(
        {
            "entity": [entity.entity for entity in found],
            "mode": [entity.mode for entity in found],
            "notice_ref": [entity.notice_ref for entity in found],
            "agreement_ref": [entity.agreement_ref for entity in found],
            "dpia_ref": [entity.dpia_ref for entity in found],
        }
    )


def thresholds(values: Mapping[str, float]) -> Iterator[Page]:
    """One page of `config/thresholds`."""
    yield Page(
        {
            "threshold": list(values),
            "threshold_value": [float(value) for value in values.values()],
        }
    )
