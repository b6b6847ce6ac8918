"""Configuration as pages, one a table, from values that were validated before."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from ingestion.page import Page


class KnownSource(NamedTuple):
    """A source that can be connected, and what to expect of its reports."""

    source: str
    source_kind: str
    revision_days: int
    reporting_lag_days: int


KNOWN_SOURCES: Final = (
    KnownSource("anthropic", "ai_vendor", 30, 1),
    KnownSource("jira", "issue_tracker", 0, 0),
    KnownSource("git", "code", 0, 0),
    KnownSource("people", "organisation", 0, 0),
)


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


def sources(starts_on: Mapping[str, date]) -> Iterator[Page]:
    """One page of `config/sources`: every known source; the connected ones are those
    with a first day. Raises ValueError for a source that is not known."""
    if unknown := sorted(set(starts_on) - {known.source for known in KNOWN_SOURCES}):
        raise ValueError(f"no such source: {', '.join(unknown)}")
    names = [known.source for known in KNOWN_SOURCES]
    yield Page(
        {
            "source": names,
            "source_kind": [known.source_kind for known in KNOWN_SOURCES],
            "is_connected": [name in starts_on for name in names],
            "starts_on": [starts_on.get(name) for name in names],
            "revision_days": [known.revision_days for known in KNOWN_SOURCES],
            "reporting_lag_days": [known.reporting_lag_days for known in KNOWN_SOURCES],
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
