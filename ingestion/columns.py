"""Columns of a page: one list each, no row is built."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

Columns = dict[str, list[Any]]


def named(rows: Sequence[object], names: Iterable[str]) -> Columns:
    """The attributes of these names, one column each."""
    return {name: list(map(attrgetter(name), rows)) for name in names}
