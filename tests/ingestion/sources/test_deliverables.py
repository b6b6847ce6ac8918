"""Deliverables: a file says what is mapped, nothing else, and may revise it."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from ingestion.clock import FixedClock
from ingestion.configuration import configuration
from ingestion.connector import Surroundings
from ingestion.errors import BadInput, Misconfigured
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.simulator import PRESENT, Company
from ingestion.simulator import deliverables as simulated
from ingestion.sources import deliverables

CLOCK = FixedClock(datetime(2026, 11, 25, 6, tzinfo=UTC))
LATER = FixedClock(datetime(2026, 11, 26, 6, tzinfo=UTC))
FEEDS, MEANINGS, ITEMS, PEOPLE = deliverables.CONNECTOR.tables
MAPPING = {
    "item_id": "Item",
    "project": "Project",
    "started_at": "Start",
    "delivered_at": "Done",
    "returned_n": "Rework",
    "rating": "Score",
    "authors": "Team",
    "reviewers": "Checked by",
}
ROW = {
    "Item": "R-1",
    "Project": "harbour",
    "Start": "2026-05-04",
    "Done": "2026-05-06T16:30:00Z",
    "Rework": "1",
    "Score": "4.5",
    "Team": "A@x.example; staff-7 ;a@x.example",
    "Checked by": "",
    "Remark": "secret",
}


def connection(folder: Path, **told: Any) -> Any:
    said = {
        "feed": "advice",
        "files": "in/*.csv",
        "mapping": MAPPING,
        "time_zone": "Europe/Berlin",
        "rating_scale": {"lowest": 1, "highest": 5},
        **told,
    }
    settings = deliverables.Deliverables.model_validate(
        {"starts_on": date(2026, 1, 1), "files": [said]}
    )
    around = Surroundings(CLOCK, lambda name: name, folder)
    return deliverables.CONNECTOR.connect(settings, around)


def written(folder: Path, name: str, *rows: Mapping[str, Any]) -> Path:
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ROW))
        writer.writeheader()
        writer.writerows(rows)
    return path


def listed(pages: Iterable[Page], *names: str) -> list[tuple[Any, ...]]:
    """Rows of all pages."""
    return [
        row
        for page in pages
        for row in zip(*(page.columns[name] for name in names), strict=True)
    ]


def refused(at: Any) -> str:
    """What is said of a file that cannot be used; nobody lands alone then."""
    with pytest.raises(BadInput) as items:
        list(deliverables.items(at))
    with pytest.raises(BadInput) as people:
        list(deliverables.people(at))
    assert str(items.value) == str(people.value)
    return str(items.value)


def test_a_row_says_what_is_mapped_in_utc(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW)
    (row,) = listed(
        deliverables.items(connection(tmp_path)),
        *("feed", "item_id", "project", "client", "started_at", "delivered_at"),
        *("returned_n", "last_returned_at", "rating"),
    )
    assert row == (
        *("advice", "R-1", "harbour", None),
        datetime(2026, 5, 3, 22, tzinfo=UTC).replace(tzinfo=None),
        datetime(2026, 5, 6, 16, 30, tzinfo=UTC).replace(tzinfo=None),
        *(1, None, Decimal("4.5")),
    )


def test_people_are_emails_in_lower_case_or_ids_each_once(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW)
    found = listed(
        deliverables.people(connection(tmp_path)), "account_id", "involvement"
    )
    assert found == [("a@x.example", "author"), ("staff-7", "author")]


def test_what_is_not_mapped_is_never_read(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW)
    at = connection(tmp_path)
    for feed in deliverables.CONNECTOR.feeds:
        assert "secret" not in repr(list(feed.read(at)))
    table = pa.table({"Item": ["R-1"], "Done": ["2026-05-06Z"], "Remark": ["secret"]})
    pq.write_table(table, tmp_path / "a.parquet")
    mapping = {"item_id": "Item", "delivered_at": "Done"}
    message = refused(
        connection(tmp_path, files="a.parquet", format="parquet", mapping=mapping)
    )
    assert "'2026-05-06Z' is no date" in message
    assert "secret" not in message


def test_what_is_not_reported_is_not_zero(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", {**ROW, "Rework": "", "Score": ""})
    names = ("returned_n", "rating")
    assert listed(deliverables.items(connection(tmp_path)), *names) == [(None, None)]
    mapping = {"item_id": "Item", "delivered_at": "Done"}
    bare = connection(tmp_path, mapping=mapping)
    assert listed(deliverables.items(bare), *names) == [(None, None)]
    dated = connection(tmp_path, mapping={**mapping, "last_returned_at": "Start"})
    assert listed(deliverables.items(dated), "returned_n") == [(1,)]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("Item", "", "the cell is empty"),
        ("Start", "4 May 2026", "'4 May 2026' is no date"),
        ("Start", "2026-05-07", "delivered before it is started"),
        ("Rework", "1.5", "no whole number"),
        ("Score", "6", "'6' is not from 1 to 5"),
        ("Team", "Ada Example", "neither an e-mail nor an id"),
        ("Team", "@x.example", "no e-mail address"),
    ],
)
def test_a_bad_row_is_named_with_file_line_field_and_fix(
    tmp_path: Path, column: str, cell: str, problem: str
) -> None:
    written(tmp_path, "a.csv", ROW, {**ROW, "Item": "R-2", column: cell})
    message = refused(connection(tmp_path))
    assert message.startswith("deliverables, a.csv line 3, field ")
    assert problem in message
    assert "Fix: " in message
    assert "Ada" not in message


def test_an_item_that_is_there_twice_is_an_error_that_names_both(
    tmp_path: Path,
) -> None:
    written(tmp_path, "a.csv", ROW)
    written(tmp_path, "b.csv", {**ROW, "Item": "R-2"}, ROW)
    message = refused(connection(tmp_path))
    assert "b.csv line 3, field Item: item 'R-1' is in a.csv line 2 too" in message


def test_a_time_without_zone_needs_one(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW)
    message = refused(connection(tmp_path, time_zone=None))
    assert "'2026-05-04' has no offset from UTC" in message
    assert "time_zone" in message


def test_a_misspelt_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW)
    message = refused(connection(tmp_path, mapping={**MAPPING, "rating": "Scores"}))
    assert "field Scores: the file has no such column" in message
    assert "did you mean 'Score'?" in message


def test_files_that_are_gone_are_an_error_and_not_the_end_of_all_items(
    tmp_path: Path,
) -> None:
    written(tmp_path, "a.csv", ROW).unlink()
    message = refused(connection(tmp_path))
    assert "feed advice" in message
    assert "keep a file with its header alone" in message


def test_a_file_cut_in_half_lands_nothing(tmp_path: Path) -> None:
    simulated.write(Company(), PRESENT, tmp_path)
    for name in (simulated.LIST, simulated.EXPORT):
        path = tmp_path / simulated.FOLDER / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        whole = simulated.settings("", tmp_path)
        said = [f for f in whole["files"] if str(f["files"]).endswith(name)]
        settings = deliverables.Deliverables.model_validate({**whole, "files": said})
        around = Surroundings(CLOCK, lambda name: name, tmp_path)
        assert name in refused(deliverables.CONNECTOR.connect(settings, around))


def test_a_changed_row_is_a_new_version_and_a_vanished_one_is_marked(
    tmp_path: Path,
) -> None:
    kept, gone = {**ROW, "Item": "R-2"}, {**ROW, "Item": "R-3"}
    written(tmp_path, "a.csv", ROW, kept, gone)
    at = connection(tmp_path)
    Lake(tmp_path / "lake", CLOCK).merge(ITEMS, deliverables.items(at))
    written(tmp_path, "a.csv", kept, {**ROW, "Score": "2"})
    lake = Lake(tmp_path / "lake", LATER)
    receipt = lake.merge(ITEMS, deliverables.items(at))
    assert receipt.outcome == "changed"
    now = LATER.at.replace(tzinfo=None)
    found = {row["item_id"]: row for row in lake.current(ITEMS).to_pylist()}
    assert found["R-1"]["rating"] == Decimal(2)
    assert found["R-1"]["known_at"] == now
    assert found["R-2"]["known_at"] < now
    assert found["R-3"]["removed_at"] == now
    assert lake.merge(ITEMS, deliverables.items(at)).outcome == "unchanged"


def test_a_jira_project_lands_as_what_its_words_mean(tmp_path: Path) -> None:
    settings = deliverables.Deliverables.model_validate(
        {
            "starts_on": date(2026, 1, 1),
            "jira": [
                {
                    "feed": "board",
                    "site": "main",
                    "project": "AB",
                    "started": ["Doing"],
                    "delivered": ["10030"],
                    "issue_types": ["Report"],
                }
            ],
        }
    )
    around = Surroundings(CLOCK, lambda name: name, tmp_path)
    at = deliverables.CONNECTOR.connect(settings, around)
    assert listed(deliverables.meanings(at), "meaning", "word") == [
        ("started", "Doing"),
        ("delivered", "10030"),
        ("item", "Report"),
    ]
    names = ("feed", "feed_kind", "site", "project_key")
    assert listed(deliverables.feeds(at), *names) == [("board", "jira", "main", "AB")]
    (page,) = deliverables.items(at)
    assert page.note == "no feed is a file"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"mapping": {"item_id": "Item"}}, "mapping needs delivered_at"),
        ({"rating_scale": None}, "rating needs rating_scale"),
        ({"rating_scale": {"lowest": 5, "highest": 1}}, "lowest has to lie below"),
        ({"time_zone": "Europe/Berlim"}, "no time zone of the IANA database"),
        (
            {"mapping": {**MAPPING, "rating": {"constant": "5"}}},
            "rating differs by item",
        ),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_at_once(
    tmp_path: Path, told: Mapping[str, Any], problem: str
) -> None:
    with pytest.raises(ValidationError, match=problem):
        connection(tmp_path, **told)


def test_a_jira_project_needs_its_site(tmp_path: Path) -> None:
    path = tmp_path / "tokenworth.yaml"
    path.write_text(
        "sources:\n  deliverables:\n    starts_on: 2026-01-01\n    jira:\n"
        "    - {feed: board, site: mian, project: AB, started: [Doing], "
        "delivered: [Done]}\n"
    )
    with pytest.raises(Misconfigured, match="'mian', which sources"):
        configuration(path)


def test_deliverables_are_no_usage_and_move_no_first_day(tmp_path: Path) -> None:
    path = tmp_path / "tokenworth.yaml"
    path.write_text(
        "organisation: {outcomes_start: 2026-02-01}\n"
        "sources:\n  deliverables:\n    starts_on: 2020-01-01\n    files:\n"
        "    - {feed: advice, files: a.csv, mapping: {item_id: I, delivered_at: D}}\n"
    )
    assert configuration(path).starts_on == date(2026, 2, 1)
