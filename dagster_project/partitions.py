"""Daily partitions on the workspace's clock, which may not be the machine's."""

from datetime import UTC, date, datetime, timedelta

import dagster as dg
import pyarrow.compute as pc

from dagster_project.workspace import Workspace, workspace
from ingestion.clock import today
from ingestion.lake import Lake
from ingestion.table import Table
from ingestion.window import Window

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"
# On a run of what is due: each table then leaves out days that are final and landed.
DUE = "tokenworth/due"
CYCLE = timedelta(days=31)  # the longest billing cycle


def daily() -> dg.DailyPartitionsDefinition:
    """UTC days from the first one any vendor reports to yesterday."""
    found = workspace()
    start = found.configuration.starts_on.isoformat()
    if found.configuration.present is None:
        return dg.DailyPartitionsDefinition(start_date=start)
    end = today(found.clock)
    # A stopped clock may be ahead of the machine's, beyond which Dagster has no days.
    ahead = max(0, (end - datetime.now(UTC).date()).days)
    return dg.DailyPartitionsDefinition(
        start_date=start, end_date=end.isoformat(), end_offset=ahead
    )


def window(context: dg.AssetExecutionContext) -> Window:
    """The run's days; a range is one run, so first and last key bound it."""
    days = [datetime.fromisoformat(key).date() for key in context.partition_keys]
    return Window(min(days), max(days))


def range_tags(days: Window) -> dict[str, str]:
    """Tags that make one run of the whole window."""
    return {RANGE_START: days.first.isoformat(), RANGE_END: days.last.isoformat()}


def due(found: Workspace) -> Window | None:
    """Days to pull now: those never pulled and those a vendor may still revise.

    None when no vendor reports by day, or before its first day is over.
    """
    days = [
        day
        for connector, settings in found.configuration.vendors.items()
        for table in connector.tables
        if table.kind == "window"
        for day in due_days(found, table, settings.starts_on)
    ]
    return Window(min(days), max(days)) if days else None


def due_days(found: Workspace, table: Table, first: date) -> set[date]:
    """The days of one window table that were never pulled or may still be revised, and
    those of a billing cycle that has closed since they were pulled; none if `first`,
    the first day expected of its vendor, is not over."""
    yesterday = today(found.clock) - timedelta(days=1)
    if first > yesterday:
        return set()
    revised = yesterday - timedelta(days=max(table.revision_days, 1) - 1)
    pulled = _last_pulls(found.lake, table)
    days = set(Window(first, yesterday).days())
    closed = {
        day
        for start in _cycle_starts(found.lake, table)
        # On the day of the close the vendor may still add to the cycle.
        if start <= yesterday
        for day in Window(start - CYCLE, start - timedelta(days=1)).days()
        if day in pulled and pulled[day] <= start
    }
    return (
        (days - pulled.keys())
        | set(Window(max(first, revised), yesterday).days())
        | (days & closed)
    )


def _last_pulls(lake: Lake, table: Table) -> dict[date, date]:
    """When each day was last pulled and applied, or last found to be unreported after
    the vendor may have revised it."""
    receipts = lake.receipts().filter(
        (pc.field("source") == table.source) & (pc.field("table_name") == table.name)
    )
    names = ("window_day", "outcome", "pulled_at")
    columns = (receipts[name].to_pylist() for name in names)
    found: dict[date, date] = {}
    for day, outcome, pulled_at in zip(*columns, strict=True):
        on = pulled_at.date()
        is_gone = outcome == "unreported" and (on - day).days > table.revision_days
        if outcome in ("changed", "unchanged") or is_gone:
            found[day] = max(on, found.get(day, on))
    return found


def _cycle_starts(lake: Lake, table: Table) -> list[date]:
    """The first days of the billing cycles of the table that the lake knows of."""
    if table.closed_by is None:
        return []
    cycles, column = table.closed_by
    return sorted({at.date() for at in lake.current(cycles)[column].to_pylist()})
