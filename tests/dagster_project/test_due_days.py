"""Which days a run of what is due pulls."""

from dataclasses import replace
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
SPEND = Table(
    "vendor",
    "spend",
    "Spend of a billing cycle.",
    "entity",
    key=("cycle_started_at",),
    columns=columns(("cycle_started_at", "timestamp", "Start of the cycle.")),
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


def test_a_billing_cycle_that_has_closed_is_read_again_as_a_whole(
    found: Workspace,
) -> None:
    billed = replace(USAGE, closed_by=(SPEND, "cycle_started_at"))
    days = Window(FIRST, date(2027, 2, 1))
    pulled(found, date(2027, 2, 2), days)
    lake = Lake(found.home / "lake", found.clock)
    lake.initialise([SPEND])
    last = set(Window(date(2027, 2, 2), date(2027, 2, 4)).days())
    assert due_days(found, billed, FIRST) == last
    starts = [datetime(2027, 1, 3, tzinfo=UTC), datetime(2027, 2, 3, tzinfo=UTC)]
    lake.merge(SPEND, [Page({"cycle_started_at": starts})])
    assert due_days(found, billed, FIRST) == set(days.days()) | last
    pulled(found, date(2027, 2, 4), Window(FIRST, date(2027, 2, 2)))
    assert due_days(found, billed, FIRST) == last


def test_a_cycle_that_closed_before_its_days_were_pulled_is_not_read_again(
    found: Workspace,
) -> None:
    billed = replace(USAGE, closed_by=(SPEND, "cycle_started_at"))
    Lake(found.home / "lake", found.clock).merge(
        SPEND, [Page({"cycle_started_at": [datetime(2027, 1, 25, tzinfo=UTC)]})]
    )
    pulled(found, date(2027, 2, 4), Window(FIRST, date(2027, 2, 3)))
    assert due_days(found, billed, FIRST) == set(
        Window(date(2027, 2, 2), date(2027, 2, 4)).days()
    )
