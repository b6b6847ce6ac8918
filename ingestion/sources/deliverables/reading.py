"""The feeds: one page a file, and one for what the configuration says of them."""

from collections.abc import Iterator
from pathlib import Path

from ingestion.columns import Columns
from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.sheets.delimited import Sheet, csv_sheet
from ingestion.sheets.faults import Fault, refuse
from ingestion.sheets.parquet import parquet_sheet
from ingestion.sources.deliverables.connection import Connection, FileFeed
from ingestion.sources.deliverables.rows import Rows, rows
from ingestion.sources.deliverables.tables import ITEMS, MEANINGS, PEOPLE, SOURCE
from ingestion.table import Table

NO_FILES = "no feed is a file"


def feeds(at: Connection) -> Iterator[Page]:
    """The page of `deliverables/feeds`."""
    scales = [feed.rating_scale for feed in at.files]
    none = [None] * len(at.files)
    yield Page(
        {
            "feed": [each.feed for each in (*at.files, *at.jira)],
            "feed_kind": ["files"] * len(at.files) + ["jira"] * len(at.jira),
            "site": [*none, *(feed.site for feed in at.jira)],
            "project_key": [*none, *(feed.project for feed in at.jira)],
            "rating_lowest": [
                *(scale and scale.lowest for scale in scales),
                *([None] * len(at.jira)),
            ],
            "rating_highest": [
                *(scale and scale.highest for scale in scales),
                *([None] * len(at.jira)),
            ],
        }
    )


def meanings(at: Connection) -> Iterator[Page]:
    """The page of `deliverables/meanings`."""
    found = [
        (feed.feed, meaning, word)
        for feed in at.jira
        for meaning, words in feed.meanings.items()
        for word in words
    ]
    names = [column.name for column in MEANINGS.columns]
    held: Columns = {
        name: [row[place] for row in found] for place, name in enumerate(names)
    }
    yield Page(held, note="" if found else "no feed is a Jira project")


def items(at: Connection) -> Iterator[Page]:
    """Pages of `deliverables/items`, one a file."""
    for name, held in files(at):
        note = "" if held.lines else f"{name} holds no item"
        yield Page(held.items, note=note)
    if not at.files:
        yield _empty(ITEMS, NO_FILES)


def people(at: Connection) -> Iterator[Page]:
    """Pages of `deliverables/people`, one a file."""
    for name, held in files(at):
        note = "" if held.people["feed"] else f"{name} names nobody"
        yield Page(held.people, note=note)
    if not at.files:
        yield _empty(PEOPLE, NO_FILES)


def files(at: Connection) -> Iterator[tuple[str, Rows]]:
    """(name, rows) of every file of every feed; raises BadInput for what cannot be
    used, and for an item that is there twice."""
    for feed in at.files:
        yield from feed_files(at, feed)


def feed_files(at: Connection, feed: FileFeed) -> Iterator[tuple[str, Rows]]:
    """(name, rows) of the files of one feed."""
    paths = at.paths(feed)
    if not paths:
        raise BadInput(
            f"{SOURCE}, feed {feed.feed}",
            "no file fits its path.",
            field=f"sources.{SOURCE}.files",
            fix="put the export there or correct the path; to withdraw all its items, "
            "keep a file with its header alone.",
        )
    seen: dict[str, str] = {}
    for name, path in paths:
        sheet = _sheet(feed, name, path)
        held = rows(feed, sheet)
        _refuse_repeats(feed, sheet, held, seen)
        yield name, held


def _refuse_repeats(
    feed: FileFeed, sheet: Sheet, held: Rows, seen: dict[str, str]
) -> None:
    """Raises BadInput for items that were there before, in this file or another one."""
    faults: list[Fault] = []
    column = str(feed.mapping["item_id"])
    for line, item in zip(held.lines, held.items["item_id"], strict=True):
        place = f"{sheet.name} line {line}"
        if (earlier := seen.setdefault(item, place)) != place:
            problem = f"item {item[:60]!r} is in {earlier} too."
            fix = "keep one line an item; name all its people in it."
            faults.append(Fault(line, column, problem, fix))
    refuse(f"{SOURCE}, {sheet.name}", faults)


def _sheet(feed: FileFeed, name: str, path: Path) -> Sheet:
    """The cells of the mapped columns of one file."""
    read = parquet_sheet if feed.format == "parquet" else csv_sheet
    return read(SOURCE, path, name, feed.wanted)


def _empty(table: Table, note: str) -> Page:
    return Page({column.name: [] for column in table.columns}, note=note)
