"""Answers that go-jira recorded of real servers, read as those of Data Center."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.page import Page
from ingestion.sources import jira
from tests.loopback_jira import TOKEN, Served, serving

DATA = Path(__file__).parents[4] / "shared/data/jira_go_jira"
BOARD = "/rest/agile/1.0/board"
CATEGORIES = {"1": "undefined", "2": "new", "3": "done", "4": "indeterminate"}

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no recorded answers in {DATA}"
)


def recorded(name: str) -> Any:
    """A recorded answer."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def answer(path: str, query: dict[str, Any]) -> Any:
    """A server made of the recorded answers; the only kanban board has a setting."""
    if path.endswith("/configuration"):
        return recorded("board_configuration")
    return {
        "status": lambda: recorded("all_statuses"),
        "field": lambda: recorded("all_fields"),
        "project": lambda: recorded("all_projects"),
        BOARD: lambda: recorded("all_boards"),
        f"{BOARD}/4/sprint": lambda: recorded("sprints"),
        f"{BOARD}/9/sprint": lambda: {"values": [], "isLast": True},
        f"{BOARD}/1/sprint": lambda: recorded("sprints"),
    }[path]()


def read(table: str) -> tuple[list[Page], Served]:
    """The pages of a table, and what the server was asked."""
    with serving(answer) as served:
        api = jira.data_center(served.url, TOKEN, sleep=lambda _: None)
        return list(getattr(jira, table)(api, "server")), served


def column(pages: list[Page], name: str) -> list[Any]:
    """One column over all pages."""
    return [value for page in pages for value in page.columns[name]]


def test_every_status_keeps_its_id_name_and_category() -> None:
    pages, _ = read("statuses")
    found = list(
        zip(
            column(pages, "status_id"),
            column(pages, "status_name"),
            column(pages, "status_category_id"),
            column(pages, "status_category_key"),
            strict=True,
        )
    )
    assert found == [
        (
            status["id"],
            status["name"],
            str(status["statusCategory"]["id"]),
            status["statusCategory"]["key"],
        )
        for status in recorded("all_statuses")
    ]
    assert len(found) == 37


def test_a_category_means_the_same_by_id_on_every_server() -> None:
    known = {str(one["id"]): one["key"] for one in recorded("all_statuscategories")}
    assert known == CATEGORIES
    pages, _ = read("statuses")
    ids, keys = (
        column(pages, name) for name in ("status_category_id", "status_category_key")
    )
    assert all(CATEGORIES[one] == key for one, key in zip(ids, keys, strict=True))


def test_fields_without_points_or_sprints_choose_none() -> None:
    pages, _ = read("fields")
    assert column(pages, "field_id") == ["description", "summary"]
    assert column(pages, "is_story_points") == [False, False]


def test_all_projects_come_in_one_answer() -> None:
    pages, served = read("projects")
    assert len(pages) == 1
    expected = recorded("all_projects")
    assert column(pages, "project_id") == [one["id"] for one in expected]
    assert column(pages, "project_key") == [one["key"] for one in expected]
    assert column(pages, "project_name") == [one["name"] for one in expected]
    assert (len(expected), len(served.asked)) == (567, 1)


def test_boards_are_read_and_only_those_with_sprints_are_asked_how_they_estimate() -> (
    None
):
    (page,), served = read("boards")
    expected = recorded("all_boards")["values"]
    assert page.columns["board_id"] == [str(one["id"]) for one in expected]
    assert page.columns["board_name"] == [one["name"] for one in expected]
    assert page.columns["board_type"] == [one["type"] for one in expected]
    assert page.columns["project_id"] == [None, None, None, None, None, "10000"]
    # The one recorded setting is of a board that does not estimate.
    assert set(page.columns["estimation_field_id"]) == {None}
    asked = [path for path, _ in served.asked if path.endswith("/configuration")]
    assert asked == [f"{BOARD}/{one}/configuration" for one in (4, 9, 1)]


def test_sprints_are_read_whatever_they_lack() -> None:
    pages, _ = read("sprints")
    expected = recorded("sprints")["values"]
    page = pages[0]
    assert page.columns["sprint_id"] == [str(one["id"]) for one in expected]
    assert page.columns["sprint_name"] == [one["name"] for one in expected]
    assert page.columns["state"] == [one["state"] for one in expected]
    assert set(page.columns["board_id"]) == {"734"}
    assert str(page.columns["completed_at"][0]) == "2016-04-28 12:08:48.543000"
    assert page.columns["completed_at"][3:] == [None, None, None]
    assert page.columns["started_at"][4:] == [None, None]
    assert b"My Goal" not in page.body


def test_a_sprint_on_two_boards_comes_twice_and_is_the_same() -> None:
    pages, _ = read("sprints")
    first, second, third = pages
    assert first.columns == third.columns
    assert second.row_count == 0
