"""What Jira sends beside the ordinary: odd values, odd pages, refusals, faults."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from ingestion.errors import (
    BadCredentials,
    Misconfigured,
    SchemaChanged,
    SourceError,
    Unavailable,
)
from ingestion.page import Page
from ingestion.sources import jira
from tests.loopback_jira import EMAIL, TOKEN, Refusal, Served, serving

Answer = Callable[[str, dict[str, Any]], Any]
POINTS, SPRINTS = "customfield_10016", "customfield_10020"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC).replace(tzinfo=None)
AUTHOR = {"accountId": "a-1", "accountType": "atlassian", "displayName": "Ann"}


def issue(**fields: Any) -> dict[str, Any]:
    """An issue with only what every issue has, and `fields`."""
    return {
        "id": "1",
        "key": "ABC-1",
        "fields": {
            "created": "2026-03-01T20:00:00.000+0800",
            "updated": "2026-03-01T12:00:00.000Z",
            "status": {
                "id": "3",
                "name": "Doing",
                "statusCategory": {"id": 4, "key": "indeterminate"},
            },
            "issuetype": {"id": "7", "name": "Story", "subtask": False},
            "project": {"id": "10", "key": "ABC"},
            **fields,
        },
    }


def change(field: str, after: str, **more: Any) -> dict[str, Any]:
    """One changed field."""
    return {
        "field": field,
        "fieldId": field,
        "from": None,
        "fromString": None,
        "to": after,
        "toString": after,
        **more,
    }


def history(id_: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An entry of a history, without an author."""
    return {
        "id": id_,
        "created": "2026-03-01T12:00:00.000+0000",
        "items": items,
        **more,
    }


def logs(*histories: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    """A page of the history of issue 1."""
    page: dict[str, Any] = {
        "issueChangeLogs": [{"issueId": "1", "changeHistories": histories}]
    }
    return page if token is None else {**page, "nextPageToken": token}


def in_turn(*answers: Any) -> Answer:
    """These answers, whatever is asked."""
    left = iter(answers)
    return lambda _path, _query: next(left)


def read(
    answer: Answer, pages: Callable[[jira.Jira], Any]
) -> tuple[list[Page], Served]:
    """All pages of a source over real HTTP, and what the site was asked."""
    with serving(answer) as served:
        api = jira.connection(served.url, EMAIL, TOKEN, sleep=lambda _: None)
        return list(pages(api)), served


NO_CHOICE = jira.FieldChoice(None, (), ())
CHOICE = jira.FieldChoice(POINTS, (SPRINTS,), ())


def issues(answer: Answer) -> list[Page]:
    """The pages of issues."""
    return read(answer, lambda api: jira.issues(api, "s", CHOICE, None))[0]


def column(pages: list[Page], name: str) -> list[Any]:
    """One column over all pages."""
    return [value for page in pages for value in page.columns[name]]


def test_an_issue_with_only_what_every_issue_has_is_read() -> None:
    (page,) = issues(in_turn({"issues": [issue()]}))
    assert {name: value for name, (value,) in page.columns.items()} == {
        "site": "s",
        "issue_id": "1",
        "issue_key": "ABC-1",
        "project_id": "10",
        "project_key": "ABC",
        "issue_type_id": "7",
        "issue_type_name": "Story",
        "is_subtask": False,
        "parent_issue_id": None,
        "status_id": "3",
        "status_name": "Doing",
        "status_category_id": "4",
        "status_category_key": "indeterminate",
        "resolution_name": None,
        "priority_name": None,
        "assignee_account_id": None,
        "creator_account_id": None,
        "story_points": None,
        "sprint_ids": None,
        "comments_n": None,
        "created_at": NOON,
        "updated_at": NOON,
        "resolved_at": None,
    }


def test_people_parents_and_results_are_read_where_they_are_set() -> None:
    fields = {
        "assignee": AUTHOR,
        "creator": {"accountId": "", "displayName": "Former user"},
        "parent": {"id": "9", "key": "ABC-9", "fields": {"summary": "secret title"}},
        "resolution": {"name": "Won't Do", "description": "secret text"},
        "priority": {"name": "High"},
        "resolutiondate": 1772366400000,
    }
    (page,) = issues(in_turn({"issues": [issue(**fields)]}))
    names = ("assignee_account_id", "creator_account_id", "parent_issue_id",
             "resolution_name", "priority_name", "resolved_at")  # fmt: skip
    assert [page.columns[name] for name in names] == [
        ["a-1"], [None], ["9"], ["Won't Do"], ["High"], [NOON],
    ]  # fmt: skip
    assert b"secret" not in page.body
    assert b"Ann" in page.body


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [(0, 0.0), (2.5, 2.5), ("-1", -1.0), ("", None), (None, None)],
)
def test_zero_points_and_no_points_differ(sent: Any, read_as: float | None) -> None:
    pages = issues(in_turn({"issues": [issue(**{POINTS: sent})]}))
    assert column(pages, "story_points") == [read_as]


def test_an_issue_names_all_its_sprints_in_order() -> None:
    sent = [{"id": 12, "name": "S 12", "state": "active"}, {"id": 3, "name": "S 3"}]
    pages = issues(in_turn({"issues": [issue(**{SPRINTS: sent})]}))
    assert column(pages, "sprint_ids") == ["3,12"]
    assert pages[0].unknown_fields == frozenset()


@pytest.mark.parametrize("sent", ["M", "nan", "inf"])
def test_points_that_are_no_number_name_field_issue_and_fix(sent: str) -> None:
    with pytest.raises(Misconfigured, match="ABC-1 holds no number") as raised:
        issues(in_turn({"issues": [issue(**{POINTS: sent})]}))
    assert raised.value.field == POINTS
    assert "story_points_field" in raised.value.fix


def test_without_a_point_field_none_is_asked_for() -> None:
    (page,), served = read(
        in_turn({"issues": [issue(**{POINTS: 3})]}),
        lambda api: jira.issues(api, "s", NO_CHOICE, None),
    )
    assert page.columns["story_points"] == [None]
    assert page.unknown_fields == {f"issues[].fields.{POINTS}"}
    assert POINTS not in served.queries("search/jql")[0]["fields"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"status": None}, "issues[].fields.status"),
        ({"updated": 1.5}, "issues[].fields.updated"),
        ({POINTS: {"value": "3"}}, f"issues[].fields.{POINTS}"),
        ({"updated": "2026-03-01T12:00:00"}, "updated"),
        ({"created": "yesterday"}, "created"),
    ],
)
def test_a_retyped_field_is_named(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(SchemaChanged) as raised:
        issues(in_turn({"issues": [issue(**fields)]}))
    assert raised.value.field == named


def test_a_missing_field_is_named() -> None:
    sent = issue()
    del sent["fields"]["project"]
    with pytest.raises(SchemaChanged) as raised:
        issues(in_turn({"issues": [sent]}))
    assert raised.value.field == "issues[].fields.project"


def test_empty_pages_with_a_token_are_passed_over() -> None:
    pages = issues(
        in_turn(
            {"issues": [], "nextPageToken": "a"},
            {"issues": [], "nextPageToken": "b"},
            {"issues": [issue()]},
        )
    )
    assert column(pages, "issue_id") == ["1"]


def test_empty_pages_without_end_are_given_up() -> None:
    tokens = map(str, range(100))

    def answer(_path: str, _query: dict[str, Any]) -> Any:
        return {"issues": [], "nextPageToken": next(tokens)}

    with pytest.raises(Unavailable, match="empty pages in a row"):
        issues(answer)


def test_a_repeated_token_is_given_up() -> None:
    page = {"issues": [issue()], "nextPageToken": "again"}
    with pytest.raises(Unavailable, match="repeats an earlier page token"):
        issues(lambda _path, _query: page)


def test_the_end_is_where_the_token_ends_whatever_is_last_says() -> None:
    first = {"issues": [issue()], "isLast": True, "nextPageToken": "a"}
    pages = issues(in_turn(first, {"issues": [], "isLast": False}))
    assert len(pages) == 2


def test_project_names_cannot_leave_their_quotes() -> None:
    _, served = read(
        in_turn({"issues": []}),
        lambda api: jira.issues(api, "s", NO_CHOICE, None, ('A" OR "B', "C\\")),
    )
    assert served.queries("search/jql")[0]["jql"].startswith(
        r'project in ("A\" OR \"B", "C\\") ORDER BY'
    )


@pytest.mark.parametrize("zone", [None, UTC])
def test_the_cursor_is_epoch_milliseconds_less_an_hour(zone: Any) -> None:
    _, served = read(
        in_turn({"issues": []}),
        lambda api: jira.issues(api, "s", NO_CHOICE, NOON.replace(tzinfo=zone)),
    )
    assert served.queries("search/jql")[0]["jql"] == (
        "updated >= 1772362800000 ORDER BY updated ASC, id ASC"
    )


def test_a_wrong_token_is_told_how_to_get_a_right_one() -> None:
    with serving(in_turn()) as served:
        api = jira.connection(served.url, EMAIL, "wrong-token")
        with pytest.raises(BadCredentials, match="create an API token") as raised:
            jira.census(api)
    assert "wrong-token" not in str(raised.value)


def test_jiras_own_words_about_a_bad_search_are_shown() -> None:
    def answer(_path: str, _query: dict[str, Any]) -> Any:
        raise Refusal(400, "The value 'GONE' does not exist for the field 'project'.")

    with pytest.raises(Misconfigured, match=r"'GONE' does not exist.*Fix: check the"):
        issues(answer)


def test_throttling_and_broken_json_in_between_lose_nothing() -> None:
    turns = iter([Refusal(429, "slow"), b'{"issues": [', {"issues": [issue()]}])

    def answer(_path: str, _query: dict[str, Any]) -> Any:
        turn = next(turns)
        if isinstance(turn, Refusal):
            raise turn
        return turn

    assert column(issues(answer), "issue_id") == ["1"]


def changes(answer: Answer, *fields: str, ids: list[str] | None = None) -> Any:
    """The pages of histories, and what was asked."""
    return read(
        answer, lambda api: jira.changelog_items(api, "s", ids or ["1"], fields)
    )


def test_an_entry_may_hold_several_items_and_go_on_on_the_next_page() -> None:
    versions = [change("fixVersions", name) for name in ("v1", "v2", "v3")]
    pages, _ = changes(
        in_turn(
            logs(history("5", *versions[:2]), history("6", versions[0]), token="a"),
            logs(history("5", versions[2])),
        )
    )
    keys = list(zip(column(pages, "history_id"), column(pages, "item_ordinal"),
                    column(pages, "to_id"), strict=True))  # fmt: skip
    assert keys == [("5", 0, "v1"), ("5", 1, "v2"), ("6", 0, "v1"), ("5", 2, "v3")]


def test_times_may_be_numbers_and_authors_may_be_missing() -> None:
    pages, _ = changes(
        in_turn(
            logs(
                history("5", change("status", "3"), created=1772366400000),
                history("6", change("status", "4"), author=None),
                history("7", change("status", "3"), author={"accountId": ""}),
                history("8", change("status", "4"), author=AUTHOR),
            )
        )
    )
    assert column(pages, "changed_at") == [NOON] * 4
    assert column(pages, "author_account_id") == [None, None, None, "a-1"]
    assert column(pages, "author_account_type") == [None, None, None, "atlassian"]


def test_values_that_were_not_set_are_null() -> None:
    item = change("Sprint", "", **{"from": "", "fromString": "", "toString": "S 1"})
    pages, _ = changes(in_turn(logs(history("5", item))))
    names = ("from_id", "from_string", "to_id", "to_string")
    assert [column(pages, name) for name in names] == [[None], [None], [None], ["S 1"]]


def test_more_than_ten_fields_and_a_thousand_issues_are_asked_in_parts() -> None:
    fields = [f"f{n}" for n in range(12)]

    def answer(_path: str, query: dict[str, Any]) -> Any:
        items = [change(name, "x") for name in query["fieldIds"]]
        return logs(history("5", *items)) if "1" in query["issueIdsOrKeys"] else logs()

    ids = [str(n) for n in range(1001)]
    pages, served = changes(answer, *fields, ids=[*ids, "1"])
    assert column(pages, "field") == fields
    assert column(pages, "item_ordinal") == list(range(12))
    asked = served.queries("changelog/bulkfetch")
    sizes = [(len(q["issueIdsOrKeys"]), len(q["fieldIds"])) for q in asked]
    assert sizes == [(1000, 10), (1000, 2), (1, 10), (1, 2)]


def test_no_issues_ask_nothing() -> None:
    _, served = read(in_turn(), lambda api: jira.changelog_items(api, "s", []))
    assert served.asked == []


def test_changes_nobody_asked_for_are_neither_read_nor_stored() -> None:
    sent = history(
        "5",
        change("description", "a secret text"),
        change("status", "3"),
        {"field": "Key", "from": None, "to": None, "toString": "ABC-2"},
        {"field": "Link", "to": "X-1", "toString": "a secret title"},
    )
    (page,), _ = changes(in_turn(logs(sent)), "status", "issuekey")
    assert page.columns["field"] == ["status", "Key"]
    assert page.columns["item_ordinal"] == [0, 1]
    assert b"secret" not in page.body
    assert b"ABC-2" in page.body


def test_of_a_changed_text_only_the_fact_is_kept() -> None:
    sent = history("5", change("description", "a secret text"), change("status", "3"))
    (page,), _ = changes(in_turn(logs(sent)))
    assert page.columns["field"] == ["description", "status"]
    assert page.columns["to_string"] == [None, "3"]
    assert b"secret" not in page.body
    again, _ = changes(lambda _path, _query: page.body)
    assert again[0].columns == page.columns


def field(id_: str, name: str, kind: str = "number", custom: str = "") -> Any:
    """A field of the site."""
    return {"id": id_, "name": name, "schema": {"type": kind, "custom": custom}}


OURS = field("customfield_1", "Story Points", custom="...customfieldtypes:float")
TEAM = field(
    "customfield_2", "Points?", custom="com.pyxis.greenhopper.jira:jsw-story-points"
)
SPRINT = field(
    "customfield_3", "Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint"
)
OTHER = field("customfield_4", "Story Points", "string")
SYSTEM = {"id": "status", "name": "Status"}


def choice(
    *fields: Any, configured: str | None = None, of_boards: Sequence[str] = ()
) -> jira.FieldChoice:
    """The choice among these fields."""
    with serving(in_turn(list(fields))) as served:
        api = jira.connection(served.url, EMAIL, TOKEN)
        return jira.field_choice(api, configured, of_boards)


@pytest.mark.parametrize(
    ("fields", "configured", "chosen", "passed_over"),
    [
        ([SYSTEM, SPRINT, OTHER], None, None, ()),
        ([OURS, OTHER], None, "customfield_1", ()),
        ([OURS, TEAM], None, "customfield_2", ("customfield_1 (Story Points)",)),
        ([OURS, TEAM], "customfield_1", "customfield_1", ("customfield_2 (Points?)",)),
        ([OURS, OURS | {"id": "customfield_9"}, TEAM], None, "customfield_2",
         ("customfield_1 (Story Points)", "customfield_9 (Story Points)")),
    ],
)  # fmt: skip
def test_the_estimate_is_configured_or_known_by_schema_or_by_name(
    fields: list[Any], configured: str | None, chosen: str | None, passed_over: Any
) -> None:
    found = choice(*fields, configured=configured)
    assert (found.story_points, found.passed_over) == (chosen, passed_over)


def test_what_boards_estimate_in_goes_before_schema_and_name() -> None:
    found = choice(OURS, TEAM, of_boards=["customfield_1"])
    assert found.story_points == "customfield_1"
    assert found.passed_over == ("customfield_2 (Points?)",)


def test_a_configured_field_goes_before_what_boards_estimate_in() -> None:
    named = choice(OURS, TEAM, configured="customfield_2", of_boards=["customfield_1"])
    assert named.story_points == "customfield_2"


def test_boards_that_estimate_in_two_fields_are_named_and_not_guessed() -> None:
    with pytest.raises(Misconfigured) as raised:
        choice(OURS, TEAM, of_boards=["customfield_1", "customfield_2"])
    assert "customfield_1 (Story Points), customfield_2 (Points?)" in str(raised.value)
    assert raised.value.field == "story_points_field"
    assert raised.value.fix == "set it to the one that your boards use."


def test_history_is_read_of_what_decides_delivery() -> None:
    assert choice(SYSTEM, OURS, SPRINT).history_field_ids == (
        "status", "assignee", "resolution", "issuekey", "project",
        "customfield_1", "customfield_3",
    )  # fmt: skip


def test_two_fields_with_equal_claim_are_named_and_not_guessed() -> None:
    with pytest.raises(Misconfigured, match=r"customfield_1 \(Story Points\), "
                       r"customfield_9.*Fix: set it to the one"):  # fmt: skip
        choice(OURS, OURS | {"id": "customfield_9"})


def test_a_configured_field_that_is_not_there_is_named_with_similar_ones() -> None:
    with pytest.raises(Misconfigured, match=r"no field with the id Story points.*"
                       r"similar: customfield_1 \(Story Points\)"):  # fmt: skip
        choice(OURS, configured="Story points")
    with pytest.raises(Misconfigured, match=r"such as customfield_10016\.$"):
        choice(SYSTEM, configured="zzz")


def test_the_chosen_field_is_marked_in_the_table() -> None:
    (page,), _ = read(
        in_turn([SYSTEM, OURS, SPRINT]), lambda api: jira.fields(api, "s")
    )
    assert page.columns["is_story_points"] == [False, True, False]
    assert page.columns["schema_custom"][0] is None


def test_users_are_read_until_a_page_is_empty() -> None:
    def answer(_path: str, query: dict[str, Any]) -> Any:
        listed = {
            "0": [{"accountId": "a", "accountType": "app", "emailAddress": ""}],
            "1": [{"accountId": "b", "accountType": "atlassian", "active": False,
                   "displayName": "B", "emailAddress": "b@people.example"}],
        }  # fmt: skip
        return listed.get(query["startAt"], [])

    pages, _ = read(answer, lambda api: jira.users(api, "s"))
    assert column(pages, "account_id") == ["a", "b"]
    assert column(pages, "email") == [None, "b@people.example"]
    assert column(pages, "is_active") == [None, False]


def test_a_page_of_projects_may_not_say_whether_it_is_the_last() -> None:
    listed = [{"id": "1", "key": "A", "name": "Alpha"}]
    pages, _ = read(
        in_turn({"values": listed}, {"values": []}), lambda api: jira.projects(api, "s")
    )
    assert column(pages, "project_style") == [None]


def healthy(path: str, query: dict[str, Any]) -> Any:
    """A site with one issue."""
    return {
        "myself": {"accountId": "me"},
        "mypermissions": {
            "permissions": {
                name: {"havePermission": name != "USER_PICKER"}
                for name in query.get("permissions", "").split(",")
            }
        },
        "serverInfo": {"deploymentType": "Cloud"},
        "project/search": {"values": [], "isLast": True},
        "/rest/agile/1.0/board": {"values": [], "isLast": True},
        "field": [OURS],
        "users/search": [],
        "search/jql": {"issues": []},
    }[path]


def test_a_probe_says_what_is_missing_and_how_to_get_it() -> None:
    with serving(healthy) as served:
        probe = jira.probe(jira.connection(served.url, EMAIL, TOKEN), "s")
    assert [problem.problem for problem in probe.problems] == [
        "jira: the account lacks USER_PICKER.",
        "jira, projects: the account cannot see any project.",
    ]
    assert probe.problems[0].fix.startswith(
        "give it the global permission Browse users"
    )
    assert probe.permissions == (
        "account", "deployment", "boards", "fields", "users", "issues",
    )  # fmt: skip
    assert probe.newest_day is None


def test_a_probe_with_a_wrong_token_asks_once() -> None:
    with serving(healthy) as served:
        probe = jira.probe(jira.connection(served.url, EMAIL, "no"), "s")
    (problem,) = probe.problems
    assert "create an API token" in problem.fix
    assert len(served.asked) == 1


def test_errors_name_the_source() -> None:
    with pytest.raises(SourceError, match=r"^jira/issues: the answer is not JSON"):
        issues(in_turn(*[json.dumps("x").encode()[:1]] * 6))


def board(id_: int, kind: str) -> dict[str, Any]:
    """A board without a home."""
    return {"id": id_, "name": f"Board {id_}", "type": kind}


def test_a_board_that_knows_no_sprints_stops_no_other() -> None:
    def answer(path: str, _query: dict[str, Any]) -> Any:
        if path.endswith("/1/sprint"):
            raise Refusal(400, "The board does not support sprints")
        if path.endswith("/sprint"):
            return {"values": [{"id": 5, "name": "S", "state": "future"}]}
        assert path == "/rest/agile/1.0/board"
        return {"values": [board(1, "simple"), board(2, "scrum"), board(3, "kanban")],
                "isLast": True}  # fmt: skip

    def once(path: str, query: dict[str, Any]) -> Any:
        is_more = path.endswith("/sprint") and query["startAt"] != "0"
        return {"values": []} if is_more else answer(path, query)

    pages, served = read(once, lambda api: jira.sprints(api, "s"))
    assert column(pages, "sprint_id") == ["5"]
    assert column(pages, "board_id") == [None]
    assert not any("/3/" in path for path, _ in served.asked)


def test_boards_are_asked_for_project_by_project_if_projects_are_named() -> None:
    _, served = read(
        lambda _path, _query: {"values": [], "isLast": True},
        lambda api: jira.boards(api, "s", ("A", "B")),
    )
    assert [query["projectKeyOrId"] for _, query in served.asked] == ["A", "B"]


def worklog(id_: str, **more: Any) -> dict[str, Any]:
    """Time logged on issue 1."""
    return {
        "id": id_,
        "issueId": "1",
        "author": AUTHOR,
        "comment": "a secret text",
        "started": "2026-02-01T20:00:00.000+0800",
        "updated": "2026-03-01T20:00:00.000+0800",
        "timeSpentSeconds": 900,
        **more,
    }


def test_worklogs_that_may_not_be_seen_are_counted() -> None:
    def answer(path: str, query: dict[str, Any]) -> Any:
        if path == "worklog/updated":
            mentions = [{"worklogId": n, "updatedTime": 1} for n in (1, 2, 3)]
            return {"values": mentions, "until": 1, "lastPage": True}
        assert query == {"ids": [1, 2, 3]}
        return [worklog("1"), worklog("3", author=None)]

    (page,), _ = read(answer, lambda api: jira.worklogs(api, "s", None))
    assert page.note == "1 worklogs may not be seen"
    assert page.columns["author_account_id"] == ["a-1", None]
    assert page.columns["updated_at"] == [NOON, NOON]
    assert page.columns["seconds"] == [900, 900]
    assert b"secret" not in page.body


def test_worklogs_of_one_instant_that_fill_a_page_are_given_up() -> None:
    def answer(_path: str, query: dict[str, Any]) -> Any:
        mention = {"worklogId": 1, "updatedTime": 5}
        return {"values": [mention], "until": 5, "lastPage": False}

    with pytest.raises(Unavailable, match="repeats an earlier page token"):
        read(answer, lambda api: jira.worklogs(api, "s", None))


def test_removed_worklogs_are_told_since_an_hour_before_the_cursor() -> None:
    with serving(
        in_turn({"values": [{"worklogId": 7, "updatedTime": 1}], "lastPage": True})
    ) as served:
        api = jira.connection(served.url, EMAIL, TOKEN)
        assert jira.removed_worklogs(api, NOON) == {"7"}
    assert served.queries("worklog/deleted") == [{"since": "1772362800000"}]


def test_answers_of_customers_are_read_by_the_kind_of_their_field() -> None:
    answered = issue(
        customfield_5={"rating": 4, "comment": {"body": "a secret text"}},
        customfield_6="2026-03-01T20:00:00.000+0800",
    )
    fields = jira.SatisfactionFields("customfield_5", "customfield_6")
    (page,), served = read(
        in_turn({"issues": [answered]}),
        lambda api: jira.satisfactions(api, "s", fields, ("A",)),
    )
    assert {name: values[0] for name, values in page.columns.items()} == {
        "site": "s", "issue_id": "1", "rating": 4, "rated_at": NOON,
    }  # fmt: skip
    assert b"secret" not in page.body
    query = served.queries("search/jql")[0]
    assert query["jql"].startswith('project in ("A") AND cf[5] is not EMPTY ORDER BY')
    assert set(query["fields"]) == {"updated", "customfield_5", "customfield_6"}


def test_a_site_without_service_projects_is_not_asked_for_answers() -> None:
    _, served = read(
        in_turn(),
        lambda api: jira.satisfactions(api, "s", jira.SatisfactionFields(None, None)),
    )
    assert served.asked == []


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://github.com/o/r/pull/12", "o/r#12"),
        ("https://gitlab.com/g/sub/p/-/merge_requests/3", "g/sub/p#3"),
        ("https://bitbucket.org/w/r/pull-requests/4/diff", "w/r#4"),
        ("https://git.company.example/projects/P/repos/r/pull-requests/5", "P/r#5"),
    ],
)
def test_pull_requests_are_named_by_repository_and_number(
    url: str, identifier: str
) -> None:
    commit = {"id": "abc", "url": "https://github.com/o/r/commit/abc"}
    detail = {
        "pullRequests": [{"id": "#1", "url": url, "name": "a secret title"}],
        "branches": [{"name": "a-secret-name", "url": url, "lastCommit": commit}],
        "repositories": [],
    }

    def answer(_path: str, query: dict[str, Any]) -> Any:
        found = [detail] if query["dataType"] == "pullrequest" else []
        return {"errors": [{"error": "x"}], "detail": found}

    pages, served = read(
        answer, lambda api: jira.development_links(api, "s", ["1"], ["GitHub"])
    )
    assert column(pages, "link_kind") == ["pull_request", "branch"]
    assert column(pages, "identifier") == [identifier, "abc"]
    assert pages[0].note == "1 hosts could not be asked by the site"
    assert b"secret" not in pages[0].body
    again, _ = read(
        lambda _path, _query: pages[0].body,
        lambda api: jira.development_links(api, "s", ["1"], ["GitHub"]),
    )
    assert again[0].columns == pages[0].columns
    asked = [query["dataType"] for _, query in served.asked]
    assert asked == ["pullrequest", "repository", "branch"]
