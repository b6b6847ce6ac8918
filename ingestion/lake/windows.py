"""How a pull changes a window table: whole days are replaced.

rows of the pull → rows per day → days that the vendor tells of → those whose content
differs from what is in force
"""

from datetime import date

import pyarrow as pa

from ingestion.errors import SchemaChanged
from ingestion.lake.compute import compute as pc
from ingestion.lake.content import content_hash
from ingestion.lake.guard import is_suspicious
from ingestion.lake.partition import Partition, day_path, partition, rows_of
from ingestion.lake.pull import Pull
from ingestion.lake.receipts import Receipt
from ingestion.lake.storage import Storage
from ingestion.table import Table
from ingestion.window import Window


def land_days(
    storage: Storage, pull: Pull, window: Window, *, accept_smaller: bool
) -> list[Receipt]:
    """Make the days of the pull ready; returns one receipt a day, in order."""
    table = pull.table
    days = rows_by_day(table, window, pull.rows)
    before = {day: partition(storage, table, day) for day in days}
    told = {day for day, rows in days.items() if _is_told(pull, day, rows, before[day])}
    rows_before = sum(before[day].row_count for day in told)
    rows_after = sum(days[day].num_rows for day in told)
    is_held = not accept_smaller and is_suspicious(
        table, window, rows_before, rows_after
    )
    if is_held:
        pull.hold()
        return [pull.receipt(day, part, "held") for day, part in before.items()]
    receipts: list[Receipt] = []
    changed: list[date] = []
    for day, rows in days.items():
        after = Partition(content_hash(table, rows), rows.num_rows)
        is_same = after.content_hash == before[day].content_hash
        if day not in told and not (is_same and rows.num_rows):
            receipts.append(pull.receipt(day, before[day], "unreported"))
            continue
        if is_same:
            receipts.append(pull.receipt(day, after, "unchanged"))
            continue
        changed.append(day)
        pull.replace(day, rows, after.content_hash)
        receipts.append(pull.receipt(day, after, "changed"))
    earlier = [day_path(table, day) for day in changed if before[day].row_count]
    pull.keep_history(rows_of(storage, earlier, pull.rows.schema))
    return receipts


def _is_told(pull: Pull, day: date, rows: pa.Table, before: Partition) -> bool:
    """Whether the vendor tells of a day now, and no less than what is in force."""
    if day in pull.coarse and before.row_count:
        return False
    return day not in pull.unreported or rows.num_rows > 0


def rows_by_day(table: Table, window: Window, rows: pa.Table) -> dict[date, pa.Table]:
    """The rows of every day of the window, sorted by key; raises SchemaChanged for a
    row of another day."""
    column = table.day_column or ""
    order = [(name, "ascending") for name in (column, *table.key)]
    ordered = rows.sort_by(order).combine_chunks()
    found: dict[date, pa.Table] = {}
    start = 0
    for count in pc.value_counts(ordered[column].combine_chunks()).to_pylist():
        found[count["values"]] = ordered.slice(start, count["counts"])
        start += count["counts"]
    days = window.days()
    if outside := sorted(str(day) for day in found.keys() - set(days)):
        raise SchemaChanged(
            table.path,
            f"rows of {', '.join(outside[:3])} came for {window.first} to "
            f"{window.last}.",
            field=column,
            fix="run again; if it repeats, report it to the vendor. Nothing of the "
            "pull was kept.",
        )
    return {day: found.get(day, ordered.slice(0, 0)) for day in days}
