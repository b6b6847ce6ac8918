"""Real Jira answers through our sources equal what DevLake's tests expect of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingestion.clock import FixedClock
from ingestion.lake import Lake
from ingestion.page import Page
from ingestion.sources import jira
from ingestion.sources.jira import Jira
from ingestion.sources.jira.tables import TABLES
from tests import recorded_jira
from tests.recorded_jira import (
    DATA,
    EMAIL,
    STORY_POINTS_FIELD,
    TOKEN,
    RecordedJira,
    Served,
)

pytestmark = pytest.mark.skipif(
    not recorded_jira.is_there(), reason=f"no recording in {recorded_jira.DATA}"
)
DIRECTORIES = ("fields", "statuses", "users", "projects", "boards", "sprints")
CHOICE = jira.FieldChoice(STORY_POINTS_FIELD, ("customfield_10020",), ())
NO_CHOICE = jira.FieldChoice(None, (), ())
NO_ANSWERS = jira.SatisfactionFields(None, None)
BATCH = 7  # issues, histories, accounts or projects a page
WHEN = datetime(2021, 3, 28, 8, 5, 54, 700_000)  # noqa: DTZ001 - naive UTC


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    """The recorded site; pages are small so that there are many."""
    with recorded_jira.serving(RecordedJira(most=BATCH)) as served:
        yield served


@pytest.fixture
def api(site: Served) -> Jira:
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


def all_issues(api: Jira) -> list[Page]:
    """Every issue, with its estimate and sprints."""
    return list(jira.issues(api, "recorded", CHOICE, None))


def others(api: Jira) -> dict[str, list[Page]]:
    """The pages of all other tables but history, by table."""
    read = {name: list(getattr(jira, name)(api, "recorded")) for name in DIRECTORIES}
    issues = list(recorded_jira.recorded_panels(DATA))
    return {
        **read,
        "worklogs": list(jira.worklogs(api, "recorded", None)),
        "satisfactions": list(jira.satisfactions(api, "recorded", NO_ANSWERS)),
        "development_links": list(
            jira.development_links(api, "recorded", issues, ["GitLab"])
        ),
        "issue_absences": [jira.out_of_sight("recorded", ["1"])],
    }


def test_issues_are_what_devlake_expects(api: Jira) -> None:
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


def test_history_entries_and_comments_are_as_many_as_devlake_counts(api: Jira) -> None:
    pages = jira.issues(api, "recorded", CHOICE, None, counts_comments=True)
    comments = {
        row["issue_id"]: row["comments_n"]
        for row in rows(pages, ("issue_id", "comments_n"))
    }
    items = rows(
        jira.changelog_items(api, "recorded", list(comments)),
        ("issue_id", "history_id"),
    )
    entries = Counter(issue for issue, _ in {tuple(row.values()) for row in items})
    expected = recorded_jira.expected_counts()
    assert {one: (entries[one], comments[one]) for one in comments} == expected
    assert len(expected) == 30


def test_comments_are_not_asked_for_unless_they_are_counted(
    site: Served, api: Jira
) -> None:
    found = rows(iter(all_issues(api)), ("comments_n",))
    assert {row["comments_n"] for row in found} == {None}
    assert "comment" not in site.queries("search/jql")[0]["fields"]


def test_sprints_and_boards_are_what_devlake_expects(api: Jira) -> None:
    for name, expected in (
        ("sprints", recorded_jira.expected_sprints()),
        ("boards", recorded_jira.expected_boards()),
    ):
        found = rows(getattr(jira, name)(api, "recorded"), list(expected[0]))
        assert in_order(found) == in_order(expected)
    assert len(recorded_jira.expected_sprints()) == 30


def test_issues_are_in_the_sprints_that_devlake_expects(api: Jira) -> None:
    found = {
        (sprint, row["issue_id"])
        for row in rows(iter(all_issues(api)), ("issue_id", "sprint_ids"))
        for sprint in (row["sprint_ids"] or "").split(",")
        if sprint
    }
    expected = recorded_jira.expected_sprint_issues()
    assert found == expected
    assert len(expected) == 28


def test_worklogs_are_what_devlake_expects(site: Served, api: Jira) -> None:
    expected = recorded_jira.expected_worklogs()
    found = rows(jira.worklogs(api, "recorded", None), list(expected[0]))
    assert in_order(found) == in_order(expected)
    assert len(expected) == 30
    asked = [int(query["since"]) for query in site.queries("worklog/updated")]
    assert asked[0] == 0
    assert len(asked) > 1
    assert asked == sorted(asked)


def test_worklogs_of_other_issues_are_neither_read_nor_stored(api: Jira) -> None:
    (page,) = jira.worklogs(api, "recorded", None, {"10085"})
    assert set(page.columns["issue_id"]) == {"10085"}
    assert b'"issueId":"10076"' not in page.body


def test_panels_show_the_commits_that_devlake_expects(api: Jira) -> None:
    issues = list(recorded_jira.recorded_panels(DATA))
    links = rows(jira.development_links(api, "recorded", issues, ["GitLab"]))
    expected = recorded_jira.expected_panel_commits()
    assert {(row["issue_id"], row["identifier"]) for row in links} == expected
    assert {(row["link_kind"], row["url_host"]) for row in links} == {
        ("commit", "gitlab.com")
    }
    assert len(expected) == len(links) == 646


def test_the_category_id_is_kept_beside_the_key_that_contradicts_it(api: Jira) -> None:
    names = ("status_category_id", "status_category_key")
    found = [tuple(row.values()) for row in rows(iter(all_issues(api)), names)]
    assert (found.count(("3", "new")), found.count(("3", "done"))) == (5, 25)


def test_issues_come_in_pages_in_order_of_update(site: Served, api: Jira) -> None:
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
    site: Served, api: Jira
) -> None:
    expected = {
        row["issue_id"]
        for row in recorded_jira.expected_issues()
        if row["updated_at"] >= WHEN
    }
    later = WHEN + timedelta(hours=1)
    found = rows(jira.issues(api, "recorded", NO_CHOICE, later, ("EE",)), ("issue_id",))
    assert {row["issue_id"] for row in found} == expected
    assert 0 < len(expected) < 30
    assert site.queries("search/jql")[0]["jql"] == (
        'project in ("EE") AND updated >= 1616918754700 ORDER BY updated ASC, id ASC'
    )


def test_changes_are_what_devlake_expects(api: Jira) -> None:
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


def test_chosen_fields_give_the_same_changes_and_nothing_else(api: Jira) -> None:
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


def test_directories_are_what_devlake_expects(api: Jira) -> None:
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


def test_a_census_lists_the_ids_of_one_project(site: Served, api: Jira) -> None:
    expected = {row["issue_id"] for row in recorded_jira.expected_issues()}
    assert set(jira.census(api, ("10003",))) == expected
    assert jira.census(api, ("NX",)) == []
    (query, _) = site.queries("search/jql")
    assert (query["fields"], query["maxResults"]) == (["id"], 5000)


def test_pages_have_the_columns_of_the_tables(api: Jira) -> None:
    pages = {
        "issues": all_issues(api),
        "changelog_items": list(jira.changelog_items(api, "recorded", ["10063"])),
        **others(api),
    }
    for table in TABLES:
        for page in pages[table.name]:
            assert set(page.columns) == {column.name for column in table.columns}
            assert page.unknown_fields == frozenset()


def test_stored_pages_hold_no_content_and_give_the_same_rows(api: Jira) -> None:
    read = [
        *all_issues(api),
        *jira.issues(api, "recorded", CHOICE, None, counts_comments=True),
        *jira.changelog_items(api, "recorded", ["10063"]),
        *(page for pages in others(api).values() for page in pages),
    ]
    kept = b"".join(page.body for page in read)
    words = (
        "avatar-management",
        "gravatar",
        "四个排序图",
        "feat(",
        "try close browser",
    )
    for word in words:
        assert word.encode() not in kept
    stored = iter([page.body for page in all_issues(api)])
    with recorded_jira.serving(lambda _path, _query: next(stored)) as replayed:
        again = jira.connection(replayed.url, EMAIL, TOKEN)
        assert rows(iter(all_issues(again))) == rows(iter(all_issues(api)))
    assert all(msgspec.json.decode(page.body) is not None for page in read if page.body)


def test_a_probe_tells_what_the_account_may_read(api: Jira) -> None:
    probe = jira.probe(api, "recorded", ("EE",))
    assert probe.problems == ()
    assert (probe.account, str(probe.newest_day)) == ("recorded", "2021-08-06")
    assert probe.permissions == (
        "account", "deployment", "permissions", "projects", "boards", "fields", "users",
        "issues", "history",
    )  # fmt: skip


def test_a_probe_names_a_project_that_cannot_be_seen(api: Jira) -> None:
    problems = jira.probe(api, "recorded", ("EE", "GONE")).problems
    assert "cannot see GONE" in problems[0].problem
    assert "correct their keys" in problems[0].fix
    assert "'GONE' does not exist for the field 'project'" in problems[1].problem


def test_a_second_landing_changes_nothing(api: Jira, tmp_path: Path) -> None:
    lake = Lake(tmp_path, FixedClock(datetime(2027, 2, 5, 6, tzinfo=UTC)))
    lake.initialise(TABLES)
    ids = jira.census(api)

    def land() -> dict[str, str]:
        pages = {
            "issues": all_issues(api),
            "changelog_items": jira.changelog_items(api, "recorded", ids),
            **others(api),
        }
        within = {"site": "recorded"}
        return {
            table.name: lake.merge(table, pages[table.name], within=within).outcome
            for table in TABLES
        }

    first = land()
    assert {name for name, outcome in first.items() if outcome == "unchanged"} == {
        "satisfactions"
    }
    assert set(land().values()) == {"unchanged"}
    assert lake.current(TABLES[0]).num_rows == 30
