"""Configuration as it lands for SQL."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.sources import config
from ingestion.sources.config.pages import KnownSource
from ingestion.sources.config.tables import ENTITIES, SETTINGS, SOURCES, THRESHOLDS
from ingestion.table import Table


@dataclass(frozen=True)
class Entity:
    """A legal entity as the configuration describes it."""

    entity: str
    mode: str
    notice_ref: str | None = None
    agreement_ref: str | None = None
    dpia_ref: str | None = None


def rows(table: Table, page: Page) -> list[tuple[object, ...]]:
    """The rows of a page, which has exactly the table's columns in their order."""
    assert list(page.columns) == [column.name for column in table.columns]
    return list(zip(*page.columns.values(), strict=True))


def test_the_settings_are_one_row() -> None:
    at = datetime(2027, 2, 5, 6, tzinfo=UTC)
    (page,) = config.settings(
        organisation="Example Works",
        time_zone="Europe/Berlin",
        fiscal_year_starts_month=4,
        as_of_at=at,
        outcomes_start_date=date(2025, 1, 1),
        configuration_hash="abc",
    )
    assert rows(SETTINGS, page) == [
        ("Example Works", "Europe/Berlin", 4, at, date(2025, 1, 1), "abc")
    ]


def test_every_source_is_listed_and_those_with_a_first_day_are_connected() -> None:
    day = date(2026, 1, 1)
    (page,) = config.sources(
        [
            KnownSource("anthropic", "ai_vendor", day, 30, 1),
            KnownSource("cursor", "ai_vendor", None, 3, 1),
        ]
    )
    assert rows(SOURCES, page) == [
        ("anthropic", "ai_vendor", True, day, 30, 1),
        ("cursor", "ai_vendor", False, None, 3, 1),
    ]


def test_entities_land_with_their_references() -> None:
    (page,) = config.entities([Entity("Works", "person", "n-1", "a-1")])
    assert rows(ENTITIES, page) == [("Works", "person", "n-1", "a-1", None)]


def test_thresholds_land_as_numbers() -> None:
    (page,) = config.thresholds({"coverage_publish": 0.9, "reopen_days": 30})
    assert rows(THRESHOLDS, page) == [("coverage_publish", 0.9), ("reopen_days", 30.0)]


def test_the_configuration_lands_in_the_lake_and_removed_parts_are_marked(
    tmp_path: Path,
) -> None:
    lake = Lake(tmp_path, FixedClock(datetime(2027, 2, 5, tzinfo=UTC)))
    both = [Entity("Works", "person"), Entity("Sales", "group_only")]
    jira = KnownSource("jira", "issue_tracker", None)
    assert lake.merge(SOURCES, config.sources([jira])).row_count == 1
    assert lake.merge(THRESHOLDS, config.thresholds({"group_size": 8})).row_count == 1
    lake.merge(ENTITIES, config.entities(both))
    lake.merge(ENTITIES, config.entities(both[:1]))
    landed = lake.current(ENTITIES).select(["entity", "removed_at"]).to_pylist()
    assert {row["entity"]: row["removed_at"] is not None for row in landed} == {
        "Works": False,
        "Sales": True,
    }


def test_what_leaves_the_configuration_leaves_the_tables() -> None:
    assert all(table.is_census for table in (SETTINGS, SOURCES, ENTITIES, THRESHOLDS))
