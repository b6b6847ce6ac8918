"""Real Jira answers through our sources equal what DevLake's tests expect of them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingestion.clock import FixedClock
from ingestion.http import Api
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.sources import jira
from ingestion.sources.jira.tables import TABLES
from tests import recorded_jira
from tests.recorded_jira import EMAIL, STORY_POINTS_FIELD, TOKEN, RecordedJira, Served

pytestmark = pytest.mark.skipif(
    not recorded_jira.is_there(), reason=f"no recording in {recorded_jira.DATA}"
)
BATCH = 7  # issues, histories, accounts or projects a page
WHEN = datetime(2021, 3, 28, 8, 5, 54, 700_000)  # noqa: DTZ001 - naive UTC


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    """The recorded site; pages are small so that there are many."""
    with recorded_jira.serving(RecordedJira(most=BATCH)) as served:
        yield served


@pytest.fixture
def api(site: Served) -> Api:
    """A connection to it."""
    site.asked.clear()
    return jira.connection(site.url, EMAIL, TOKEN)


def rows(pages: Iterator[Page], names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Rows of all pages, with these columns or all."""
    return [
        dict(zip(names or page.columns, row, strict=True))
        for page in pages
        for row in zip(
            *(page.columns[name] for name in names or page.columns), strict=True
        )
    ]


def in_order(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The rows as sorted text, repeats kept."""
    return sorted(tuple(map(str, row.values())) for row in rows)


def all_issues(api: Api) -> list[Page]:
    """Every issue, estimates included."""
    return list(jira.issues(api, "recorded", STORY_POINTS_FIELD, None))


def test_issues_are_what_devlake_expects(api: Api) -> None:
    expected = recorded_jira.expected_issues()
    lead = [row.pop("lead_time_minutes") for row in expected]
    pages = all_issues(api)
    assert in_order(rows(iter(pages), list(expected[0]))) == in_order(expected)
    assert len(expected) == 30
    times = rows(iter(pages), ("issue_id", "created_at", "resolved_at"))
    minutes = {
        row["issue_id"]: (row["resolved_at"] - row["created_at"])
        // timedelta(minutes=1)
        for row in times
    }
    assert minutes == {
        row["issue_id"]: minute for row, minute in zip(expected, lead, strict=True)
    }


def test_the_category_id_is_kept_beside_the_key_that_contradicts_it(api: Api) -> None:
    names = ("status_category_id", "status_category_key")
    found = [tuple(row.values()) for row in rows(iter(all_issues(api)), names)]
    assert (found.count(("3", "new")), found.count(("3", "done"))) == (5, 25)


def test_issues_come_in_pages_in_order_of_update(site: Served, api: Api) -> None:
    pages = all_issues(api)
    assert [len(page.columns["site"]) for page in pages] == [7, 7, 7, 7, 2]
    times = [row["updated_at"] for row in rows(iter(pages))]
    assert all(before <= after for before, after in pairwise(times))
    queries = site.queries("search/jql")
    assert queries[0]["jql"] == "updated >= 0 ORDER BY updated ASC, id ASC"
    assert queries[0]["maxResults"] == 100
    assert STORY_POINTS_FIELD in queries[0]["fields"]
    assert not {"summary", "description", "comment", "*all"} & {*queries[0]["fields"]}


def test_only_what_was_updated_since_is_read_with_an_hour_before(
    site: Served, api: Api
) -> None:
    expected = {
        row["issue_id"]
        for row in recorded_jira.expected_issues()
        if row["updated_at"] >= WHEN
    }
    later = WHEN + timedelta(hours=1)
    found = rows(jira.issues(api, "recorded", None, later, ("EE",)), ("issue_id",))
    assert {row["issue_id"] for row in found} == expected
    assert 0 < len(expected) < 30
    assert site.queries("search/jql")[0]["jql"] == (
        'project in ("EE") AND updated >= 1616918754700 ORDER BY updated ASC, id ASC'
    )


def test_changes_are_what_devlake_expects(api: Api) -> None:
    ids = [row["issue_id"] for row in recorded_jira.expected_issues()]
    found = rows(jira.changelog_items(api, "recorded", ids))
    expected = recorded_jira.expected_changelog_items()
    assert len(expected) == 689
    names = list(expected[0])
    ours = {tuple(row[name] for name in names) for row in found}
    # Of several changes of one field at once DevLake keeps one; we keep each.
    assert {tuple(row.values()) for row in expected} <= ours
    assert len({(row["history_id"], row["field"]) for row in found}) == 689
    keys = [(row["issue_id"], row["history_id"], row["item_ordinal"]) for row in found]
    assert len(set(keys)) == len(keys) == 709
    entries = recorded_jira.expected_histories()
    ours = {tuple(row[name] for name in entries[0]) for row in found}
    assert ours == {tuple(row.values()) for row in entries}


def test_chosen_fields_give_the_same_changes_and_nothing_else(api: Api) -> None:
    ids = [row["issue_id"] for row in recorded_jira.expected_issues()]
    choice = jira.field_choice(api)
    assert choice.story_points == STORY_POINTS_FIELD
    wanted = [*choice.history_field_ids, "customfield_10020"]
    found = rows(jira.changelog_items(api, "recorded", ids, wanted))
    fields = {"status", "assignee", "resolution", "Sprint"}
    assert {row["field"] for row in found} == fields
    expected = [
        row
        for row in recorded_jira.expected_changelog_items()
        if row["field"] in fields
    ]
    assert in_order([{n: row[n] for n in expected[0]} for row in found]) == in_order(
        expected
    )


def test_directories_are_what_devlake_expects(api: Api) -> None:
    statuses = rows(jira.statuses(api, "recorded"))
    known = [row for row in statuses if row["project_id"] is None]
    expected = recorded_jira.expected_statuses()
    assert in_order([{n: row[n] for n in expected[0]} for row in known]) == in_order(
        expected
    )
    assert (len(statuses), len(expected)) == (53, 36)
    users = recorded_jira.expected_users()
    assert in_order(rows(jira.users(api, "recorded"), list(users[0]))) == in_order(
        users
    )
    projects = recorded_jira.expected_projects()
    found = rows(jira.projects(api, "recorded"), list(projects[0]))
    assert in_order(found) == in_order(projects)
    assert [len(users), len(projects)] == [30, 12]


def test_a_census_lists_the_ids_of_one_project(site: Served, api: Api) -> None:
    expected = {row["issue_id"] for row in recorded_jira.expected_issues()}
    assert set(jira.census(api, ("10003",))) == expected
    assert jira.census(api, ("NX",)) == []
    (query, _) = site.queries("search/jql")
    assert (query["fields"], query["maxResults"]) == (["id"], 5000)


def test_pages_have_the_columns_of_the_tables(api: Api) -> None:
    pages = {
        "issues": all_issues(api),
        "changelog_items": list(jira.changelog_items(api, "recorded", ["10063"])),
        **{
            name: list(getattr(jira, name)(api, "recorded"))
            for name in ("fields", "statuses", "users", "projects")
        },
    }
    for table in TABLES:
        for page in pages[table.name]:
            assert set(page.columns) == {column.name for column in table.columns}
            assert page.unknown_fields == frozenset()


def test_stored_pages_hold_no_content_and_give_the_same_rows(api: Api) -> None:
    read = [
        *all_issues(api),
        *jira.changelog_items(api, "recorded", ["10063"]),
        *(page for name in ("fields", "statuses", "users", "projects")
          for page in getattr(jira, name)(api, "recorded")),
    ]  # fmt: skip
    kept = b"".join(page.body for page in read)
    for word in ("avatar-management", "gravatar", "四个排序图"):
        assert word.encode() not in kept
    stored = iter([page.body for page in all_issues(api)])
    with recorded_jira.serving(lambda _path, _query: next(stored)) as replayed:
        again = jira.connection(replayed.url, EMAIL, TOKEN)
        assert rows(iter(all_issues(again))) == rows(iter(all_issues(api)))
    assert all(msgspec.json.decode(page.body) is not None for page in read)


def test_a_probe_tells_what_the_account_may_read(api: Api) -> None:
    probe = jira.probe(api, "recorded", ("EE",))
    assert probe.problems == ()
    assert (probe.account, str(probe.newest_day)) == ("recorded", "2021-08-06")
    assert probe.permissions == (
        "account", "permissions", "projects", "fields", "users", "issues", "history",
    )  # fmt: skip


def test_a_probe_names_a_project_that_cannot_be_seen(api: Api) -> None:
    problems = jira.probe(api, "recorded", ("EE", "GONE")).problems
    assert "cannot see GONE" in problems[0].problem
    assert "correct their keys" in problems[0].fix
    assert "'GONE' does not exist for the field 'project'" in problems[1].problem


def test_a_second_landing_changes_nothing(api: Api, tmp_path: Path) -> None:
    lake = Lake(tmp_path, FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC)))
    lake.initialise(TABLES)
    ids = jira.census(api)

    def land() -> set[str]:
        pages = {
            "issues": all_issues(api),
            "changelog_items": jira.changelog_items(api, "recorded", ids),
            **{
                name: getattr(jira, name)(api, "recorded")
                for name in ("fields", "statuses", "users", "projects")
            },
        }
        within = {"site": "recorded"}
        return {
            lake.merge(table, pages[table.name], within=within).outcome
            for table in TABLES
        }

    assert land() == {"changed"}
    assert land() == {"unchanged"}
    assert lake.current(TABLES[0]).num_rows == 30
