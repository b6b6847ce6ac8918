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
    """The days of one window table that were never pulled or may still be revised;
    none if `first`, the first day expected of its vendor, is not over."""
    yesterday = today(found.clock) - timedelta(days=1)
    if first > yesterday:
        return set()
    revised = yesterday - timedelta(days=max(table.revision_days, 1) - 1)
    missing = set(Window(first, yesterday).days()) - _landed_days(found.lake, table)
    return missing | set(Window(max(first, revised), yesterday).days())


def _landed_days(lake: Lake, table: Table) -> set[date]:
    """Days of which some pull of the table was applied, and those of which the vendor
    said only after it may have revised them that it reports nothing."""
    receipts = lake.receipts().filter(
        (pc.field("source") == table.source) & (pc.field("table_name") == table.name)
    )
    columns = (
        receipts[name].to_pylist() for name in ("window_day", "outcome", "pulled_at")
    )
    return {
        day
        for day, outcome, pulled_at in zip(*columns, strict=True)
        if outcome in ("changed", "unchanged")
        or (
            outcome == "unreported"
            and (pulled_at.date() - day).days > table.revision_days
        )
    }
