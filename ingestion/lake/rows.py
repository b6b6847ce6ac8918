"""Pages of a source as rows of a table: typed, complete, one row per key.

columns of a `Page` → Arrow columns with provenance → rows without repeats
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from ingestion.errors import BadInput, SchemaChanged
from ingestion.lake.compute import compute as pc
from ingestion.lake.content import arrow_type, content_columns, schema
from ingestion.page import Page
from ingestion.table import Column, Table

_REPORT = "report this with the version of Tokenworth; nothing of the pull was kept."


def page_rows(table: Table, page: Page, number: int) -> pa.Table:
    """The rows of a page with its number; `known_at` and `pull_id` are still null."""
    names = [column.name for column in table.columns]
    if unexpected := sorted(set(page.columns) - set(names)):
        raise _changed(table, unexpected[0], "the page has a column the table lacks.")
    arrays = {column.name: _array(table, column, page) for column in table.columns}
    rows = len(arrays[names[0]])
    for name, array in arrays.items():
        if len(array) != rows:
            raise _changed(
                table, name, f"{len(array)} values where {names[0]} has {rows}."
            )
    arrays["page_number"] = pa.repeat(pa.scalar(number, pa.int64()), rows)
    return pa.table(
        [arrays.get(field.name, pa.nulls(rows, field.type)) for field in schema(table)],
        schema=schema(table),
    )


def one_row_per_key(table: Table, rows: pa.Table) -> pa.Table:
    """The rows without repeats.

    A row that comes again unchanged is a repeated page. Of different rows for one key
    an entity keeps the newest (`updated_at`, then the last page); in a window, where
    rows are summed, they raise BadInput.
    """
    keys = list(table.key)
    if _groups(rows, keys).num_rows == rows.num_rows:
        return rows
    ordinals = pa.arange(0, rows.num_rows)
    rows = rows.append_column("ordinal", ordinals)
    first = rows.group_by(content_columns(table)).aggregate([("ordinal", "min")])
    distinct = rows.take(first["ordinal_min"].combine_chunks().sort())
    if table.kind == "window":
        _refuse_conflicts(table, distinct)
        return distinct.drop_columns("ordinal")
    return _newest(table, distinct).drop_columns("ordinal")


def _newest(table: Table, rows: pa.Table) -> pa.Table:
    """Of each key the row that was updated last, then the one that came last."""
    if "updated_at" in rows.column_names:
        by = [("updated_at", "ascending", "at_start"), ("ordinal", "ascending")]
        order = pc.sort_indices(rows.select(["updated_at", "ordinal"]), by)
        rows = rows.take(order)
    place = pa.arange(0, rows.num_rows)
    placed = rows.append_column("place", place)
    last = placed.group_by(list(table.key)).aggregate([("place", "max")])
    return rows.take(last["place_max"])


def _groups(rows: pa.Table, keys: list[str]) -> pa.Table:
    # Threads would cost half as much CPU again, and give the groups in any order.
    groups = rows.select(keys).group_by(keys, use_threads=False)
    return groups.aggregate([([], "count_all")])


def _refuse_conflicts(table: Table, rows: pa.Table) -> None:
    """Raise BadInput if two different rows have one key, naming key and fields."""
    keys = list(table.key)
    counted = _groups(rows, keys)
    double = counted.filter(pc.greater(counted["count_all"], 1))
    if double.num_rows == 0:
        return
    key = double.slice(0, 1).to_pylist()[0]
    key.pop("count_all")
    same = rows
    for name, value in key.items():
        column = same[name]
        same = same.filter(
            pc.is_null(column) if value is None else pc.equal(column, value)
        )
    differing = [
        name for name in content_columns(table) if len(pc.unique(same[name])) > 1
    ]
    pages = sorted(set(same["page_number"].to_pylist()))
    raise BadInput(
        table.path,
        f"{double.num_rows} keys have rows that contradict each other, on pages "
        f"{pages}: {key} differs in {', '.join(differing)}, and a sum would count it "
        "twice.",
        field=differing[0],
        fix="run again; if it repeats, report it to the vendor. Nothing of the pull "
        "was kept.",
    )


def _array(table: Table, column: Column, page: Page) -> pa.Array:
    """One column of a page as its declared type; raises SchemaChanged naming it."""
    if column.name not in page.columns:
        raise _changed(table, column.name, "the page lacks the column.")
    values: Sequence[Any] = page.columns[column.name]
    wanted = arrow_type(column)
    try:
        array = _typed(values, wanted)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        why = str(error).split(" with type")[0].split("\n")[0]
        raise _changed(
            table, column.name, f"expected {column.type}, but {why[:200]}."
        ) from None
    return array


def _typed(values: Any, wanted: pa.DataType) -> pa.Array:
    """The values as an Arrow array; never rounds, truncates or drops a time zone."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        return values if values.type == wanted else values.cast(wanted)
    if not pa.types.is_integer(wanted) and not pa.types.is_temporal(wanted):
        return pa.array(values, wanted)
    # Told the type at once, Arrow would cut 1.5 to 1 and a time to its day.
    found = pa.array(values)
    kinds = {found.type.id, wanted.id}
    if len(kinds) == 1 or pa.types.is_null(found.type):
        return found.cast(wanted)
    raise TypeError(f"found {found.type}")


def _changed(table: Table, field: str, problem: str) -> SchemaChanged:
    return SchemaChanged(table.path, problem, field=field, fix=_REPORT)
