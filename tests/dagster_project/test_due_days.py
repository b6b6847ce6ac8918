"""Which days a run of what is due pulls."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dagster_project.partitions import due_days
from dagster_project.workspace import Workspace
from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.table import Table, columns
from ingestion.window import Window

USAGE = Table(
    "vendor",
    "usage",
    "Usage.",
    "window",
    key=("usage_date",),
    columns=columns(("usage_date", "date", "Day.")),
    day_column="usage_date",
    revision_days=3,
)
FIRST = date(2027, 1, 20)


@pytest.fixture
def found(tmp_path: Path) -> Workspace:
    """A workspace whose present is the morning of 5 February 2027."""
    config = tmp_path / "tokenworth.yaml"
    config.write_text("present: 2027-02-05T06:00:00Z\n")
    return Workspace(tmp_path / "home", config)


def pulled(found: Workspace, on: date, *days: Window, unreported: bool = False) -> None:
    """Days that were pulled on a day without a row."""
    now = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    lake = Lake(found.home / "lake", FixedClock(now))
    for window in days:
        page = Page({"usage_date": []}, unreported=window if unreported else None)
        lake.replace_days(USAGE, window, [page])


def older(found: Workspace) -> set[date]:
    """Due days beside the last three, which are always due."""
    last = Window(date(2027, 2, 2), date(2027, 2, 4)).days()
    due = due_days(found, USAGE, FIRST)
    assert due.issuperset(last)
    return due - set(last)


def test_days_that_never_landed_are_due(found: Workspace) -> None:
    pulled(found, date(2027, 2, 4), Window(date(2027, 1, 21), date(2027, 2, 3)))
    assert older(found) == {FIRST}


def test_a_day_the_vendor_had_no_report_of_yet_stays_due(found: Workspace) -> None:
    pulled(found, date(2027, 2, 4), Window(FIRST, date(2027, 1, 29)))
    early = Window(date(2027, 1, 30), date(2027, 2, 1))
    pulled(found, date(2027, 2, 1), early, unreported=True)
    assert older(found) == set(early.days())


def test_a_day_the_vendor_keeps_no_more_is_asked_for_once(found: Workspace) -> None:
    gone = Window(FIRST, date(2027, 1, 25))
    pulled(found, date(2027, 2, 4), gone, unreported=True)
    pulled(found, date(2027, 2, 4), Window(date(2027, 1, 26), date(2027, 2, 3)))
    assert older(found) == set()
