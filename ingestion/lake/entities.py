"""How a pull changes an entity table: newest version per key, with tombstones.

rows in force + rows of the pull → rows in force after it + versions it superseded
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from ingestion.lake.compute import compute as pc
from ingestion.lake.content import content_columns, content_hash, in_order, with_values
from ingestion.lake.guard import is_shrunk
from ingestion.lake.partition import Partition, day_path, partition, rows_of
from ingestion.lake.pull import Pull
from ingestion.lake.receipts import Receipt, naive
from ingestion.lake.storage import Storage
from ingestion.table import Table


@dataclass(frozen=True)
class Scope:
    """What a pull speaks for: rows with the values of `within`; of these `listed`
    gives the values that exist, and without it a census lists all that exist."""

    within: Mapping[str, Any]
    listed: Mapping[str, Sequence[Any]] | None

    def covers(self, rows: pa.Table) -> pa.Array:
        """For each row whether the pull speaks for it."""
        inside = pa.repeat(True, rows.num_rows)
        for name, value in self.within.items():
            inside = pc.and_(inside, _filled(pc.equal(rows[name], value)))
        return inside

    def lists(self, rows: pa.Table) -> pa.Array:
        """For each row whether `listed` has all its values."""
        there = pa.repeat(self.listed is not None, rows.num_rows)
        for name, values in (self.listed or {}).items():
            known = pa.array(list(values), rows.schema.field(name).type)
            there = pc.and_(there, pc.is_in(rows[name], value_set=known))
        return there


@dataclass(frozen=True)
class Merged:
    """The outcome of a merge; `before` and `after` count listed rows in its scope."""

    current: pa.Table
    superseded: pa.Table
    before: int
    after: int
    is_changed: bool


def land_rows(
    storage: Storage, pull: Pull, scope: Scope, *, accept_smaller: bool
) -> Receipt:
    """Make the merged table ready; returns the receipt."""
    table = pull.table
    path = day_path(table, None)
    files = [path] if storage.exists(path) else []
    current = rows_of(storage, files, pull.rows.schema)
    before = Partition(partition(storage, table, None).content_hash, in_force(current))
    result = merged(table, current, pull.rows, scope, naive(pull.now), pull.id)
    if is_shrunk(result.before, result.after) and not accept_smaller:
        pull.hold()
        return pull.receipt(None, before, "held")
    if not result.is_changed:
        return pull.receipt(None, before, "unchanged")
    rows = in_order(table, result.current)
    after = Partition(content_hash(table, rows), in_force(rows))
    pull.replace(None, rows, after.content_hash)
    pull.keep_history(result.superseded)
    return pull.receipt(None, after, "changed")


def in_force(rows: pa.Table) -> int:
    """How many rows the source still lists."""
    return rows["removed_at"].null_count


def merged(
    table: Table,
    current: pa.Table,
    incoming: pa.Table,
    scope: Scope,
    known_at: datetime,
    pull_id: str,
) -> Merged:
    """The table after a pull whose rows are one per key and carry their provenance."""
    old, new = _matched(table, current, incoming)
    had, got = current.take(old), incoming.take(new)
    covered = _filled(scope.covers(current).take(old))
    listed = _filled(scope.lists(current).take(old))
    tells_absence = table.is_census or scope.listed is not None
    fate = pc.case_when(
        pc.make_struct(
            pc.is_null(old),
            _all(pc.is_valid(new), pc.invert(_same(table, had, got)), _newer(had, got)),
            _all(_gone(had), pc.or_(pc.is_valid(new), pc.and_(covered, listed))),
            _all(pc.is_null(new), covered, pc.invert(listed), pc.invert(_gone(had))),
        ),
        *("added", "replaced", "back", "vanished" if tells_absence else "kept", "kept"),
    )
    stamp = {"known_at": known_at, "pull_id": pull_id}
    back = {**stamp, "page_number": got["page_number"], "removed_at": None}
    vanished = {**stamp, "page_number": None, "removed_at": known_at}
    after = pa.concat_tables(
        [
            had.filter(pc.equal(fate, "kept")),
            got.filter(_is_any(fate, "added", "replaced")),
            with_values(had, back).filter(pc.equal(fate, "back")),
            with_values(had, vanished).filter(pc.equal(fate, "vanished")),
        ]
    )
    return Merged(
        after,
        superseded=had.filter(_is_any(fate, "replaced", "back", "vanished")),
        before=_listed(current, scope),
        after=_listed(after, scope),
        is_changed=pc.any(pc.not_equal(fate, "kept")).as_py() is True,
    )


def _matched(
    table: Table, current: pa.Table, incoming: pa.Table
) -> tuple[pa.Array, pa.Array]:
    """Row numbers on both sides per key, null where a side lacks it: a full outer
    join in which null keys are equal."""
    keys = list(table.key)
    numbers = [
        rows.select(keys)
        .append_column(here, pa.arange(0, rows.num_rows))
        .append_column(there, pa.nulls(rows.num_rows, pa.int64()))
        .select([*keys, "old", "new"])
        for rows, here, there in ((current, "old", "new"), (incoming, "new", "old"))
    ]
    both = pa.concat_tables(numbers).group_by(keys)
    pairs = both.aggregate([("old", "max"), ("new", "max")])
    return pairs["old_max"].combine_chunks(), pairs["new_max"].combine_chunks()


def _same(table: Table, had: pa.Table, got: pa.Table) -> pa.Array:
    """For each pair whether the content is equal, nulls included, tombstones apart."""
    same = pa.repeat(True, had.num_rows)
    for name in content_columns(table):
        if name != "removed_at":
            equal = _filled(pc.equal(had[name], got[name]))
            empty = pc.and_(pc.is_null(had[name]), pc.is_null(got[name]))
            same = pc.and_(same, pc.or_(equal, empty))
    return same


def _newer(had: pa.Table, got: pa.Table) -> Any:
    """For each pair whether what the pull brought is not older than what was there."""
    if "updated_at" not in had.column_names:
        return pa.repeat(True, had.num_rows)
    return pc.invert(_filled(pc.less(got["updated_at"], had["updated_at"])))


def _gone(rows: pa.Table) -> Any:
    """For each row whether it is there and its source stopped listing it."""
    return pc.is_valid(rows["removed_at"])


def _is_any(fate: Any, *fates: str) -> Any:
    return pc.is_in(fate, value_set=pa.array(fates))


def _listed(rows: pa.Table, scope: Scope) -> int:
    """How many rows of the scope the source lists."""
    there = pc.and_(scope.covers(rows), pc.is_null(rows["removed_at"]))
    return pc.sum(there).as_py() or 0


def _all(*conditions: Any) -> Any:
    result = conditions[0]
    for condition in conditions[1:]:
        result = pc.and_(result, condition)
    return result


def _filled(condition: Any) -> Any:
    """The condition with false for unknown."""
    return pc.fill_null(condition, False)
