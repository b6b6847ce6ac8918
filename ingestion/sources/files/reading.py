"""The files of every set, one page a file, for the days that are asked."""

from collections.abc import Callable, Iterator

from ingestion.columns import Columns
from ingestion.page import Page
from ingestion.sheets.delimited import Sheet
from ingestion.sources.files import focus, rows
from ingestion.sources.files.connection import Connection, FileSet
from ingestion.sources.files.sheets import sheet
from ingestion.sources.files.tables import COSTS, USAGE
from ingestion.table import Table
from ingestion.window import Window

Read = Callable[[FileSet, Sheet, Window], Columns]


def usage(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `files/usage`."""
    for held in at.sets:
        read = focus.usage_columns if held.format == "focus" else rows.usage_columns
        yield from _pages(at, held, window, read, USAGE)


def costs(at: Connection, window: Window) -> Iterator[Page]:
    """Pages of `files/costs`; only FOCUS files have charges."""
    bills = [held for held in at.sets if held.format == "focus"]
    for held in bills:
        yield from _pages(at, held, window, focus.cost_columns, COSTS)
    if not bills:
        yield _empty(COSTS, "no set of files is a FOCUS bill")


def _pages(
    at: Connection, held: FileSet, window: Window, read: Read, table: Table
) -> Iterator[Page]:
    paths = at.paths(held)
    for name, path in paths:
        columns = read(held, sheet(held, name, path), window)
        note = "" if columns["line"] else f"{name} holds no row of these days"
        yield Page(columns, note=note)
    if not paths:
        yield _empty(table, f"set {held.name} has no file")


def _empty(table: Table, note: str) -> Page:
    return Page({column.name: [] for column in table.columns}, note=note)
