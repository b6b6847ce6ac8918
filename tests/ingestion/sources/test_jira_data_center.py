"""What Jira Data Center sends beside the ordinary: offsets, keys, whole histories."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingestion.errors import BadCredentials, Misconfigured, Unavailable
from ingestion.page import Page
from ingestion.sources import jira
from tests.loopback_jira import TOKEN, Refusal, Served, serving

Answer = Callable[[str, dict[str, Any]], Any]
NO_CHOICE = jira.FieldChoice(None, (), ())
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = {"key": "JIRAUSER10100", "name": "ann", "displayName": "Ann", "active": True}


def issue(number: int, at: datetime = NOON, **fields: Any) -> dict[str, Any]:
    """An issue that was last updated at an instant."""
    return {
        "id": str(number),
        "key": f"ABC-{number}",
        "fields": {
            "created": "2026-01-01T20:00:00.000-0800",
            "updated": at.isoformat(timespec="milliseconds"),
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


def read(
    answer: Answer, pages: Callable[[jira.Jira], Any]
) -> tuple[list[Page], Served]:
    """All pages of a source over real HTTP, and what the server was asked."""
    with serving(answer) as served:
        api = jira.data_center(served.url, TOKEN, sleep=lambda _: None)
        return list(pages(api)), served


def column(pages: list[Page], name: str) -> list[Any]:
    """One column over all pages."""
    return [value for page in pages for value in page.columns[name]]


class Index:
    """A server's index: issues by update, in pages of at most `most`."""

    def __init__(self, issues: list[dict[str, Any]], most: int) -> None:
        self.issues, self.most = issues, most
        self.before_page: Callable[[int], None] = lambda _: None
        self._pages = 0

    def __call__(self, path: str, query: dict[str, Any]) -> Any:
        """The answer to a search."""
        assert path == "search"
        self._pages += 1
        self.before_page(self._pages)
        bounds = query["jql"].split(" ORDER BY ")[0].split(" AND ")
        floors = [int(b.rpartition(" ")[2]) for b in bounds if b.startswith("updated")]
        found = sorted(
            (one for one in self.issues if _ms(one) >= max(floors)),
            key=lambda one: (_ms(one), int(one["id"])),
        )
        start = query["startAt"]
        page = found[start : start + min(query["maxResults"], self.most)]
        return {"startAt": start, "total": len(found), "issues": page}


def _ms(one: dict[str, Any]) -> int:
    return round(datetime.fromisoformat(one["fields"]["updated"]).timestamp() * 1000)


def issues(answer: Answer) -> list[Page]:
    """The pages of all issues."""
    return read(answer, lambda api: jira.issues(api, "s", NO_CHOICE, None))[0]


def test_pages_go_on_from_the_second_of_the_last_issue() -> None:
    known = [issue(n, NOON + timedelta(seconds=n)) for n in range(1, 8)]
    pages, served = read(
        Index(known, most=3), lambda api: jira.issues(api, "s", NO_CHOICE, None)
    )
    assert set(column(pages, "issue_id")) == {str(n) for n in range(1, 8)}
    asked = served.queries("search")
    assert {query["startAt"] for query in asked} == {0}
    assert asked[1]["jql"] == (
        "updated >= 0 AND updated >= 1772366403000 ORDER BY updated ASC, id ASC"
    )


def test_an_issue_that_is_updated_meanwhile_hides_no_other() -> None:
    known = [issue(n, NOON + timedelta(seconds=n)) for n in range(1, 8)]
    index = Index(known, most=3)

    def touch(page: int) -> None:
        if page == 2:
            known[0]["fields"]["updated"] = "2026-03-01T13:00:00.000+0000"

    index.before_page = touch
    pages = issues(index)
    assert set(column(pages, "issue_id")) == {str(n) for n in range(1, 8)}
    assert column(pages, "issue_id").count("1") == 2


def test_a_second_that_holds_more_than_a_page_is_read_to_its_end() -> None:
    known = [issue(n) for n in range(1, 12)] + [issue(12, NOON + timedelta(hours=1))]
    pages = issues(Index(known, most=4))
    assert set(column(pages, "issue_id")) == {str(n) for n in range(1, 13)}


def test_within_a_second_an_issue_that_moves_away_hides_no_other() -> None:
    known = [issue(n) for n in range(1, 12)]
    index = Index(known, most=4)

    def touch(page: int) -> None:
        if page == 3:
            known[0]["fields"]["updated"] = "2026-03-01T13:00:00.000+0000"

    index.before_page = touch
    assert set(column(issues(index), "issue_id")) == {str(n) for n in range(1, 12)}


def test_a_second_that_never_stands_still_is_given_up() -> None:
    known = [issue(n) for n in range(1, 100)]
    index = Index(known, most=4)

    def touch(page: int) -> None:
        later = NOON + timedelta(hours=page)
        known[page]["fields"]["updated"] = later.isoformat(timespec="milliseconds")

    index.before_page = touch
    with pytest.raises(Unavailable, match="change faster than their pages"):
        issues(index)


def test_more_than_ten_thousand_of_one_second_name_the_way_out() -> None:
    index = Index([issue(n) for n in range(1, 10_050)], most=1000)

    def census(api: jira.Jira) -> list[str]:
        return jira.census(api)

    with pytest.raises(Misconfigured, match=r"10,000 issues .* same second") as raised:
        read(index, census)
    assert "a site entry of its own" in raised.value.fix
    assert raised.value.field == "projects"


def test_people_are_known_by_their_key_and_their_server() -> None:
    sent = issue(1, assignee=ANN, creator={**ANN, "key": "old.login"})
    (page,) = issues(Index([sent], most=9))
    assert page.columns["assignee_account_id"] == ["s/JIRAUSER10100"]
    assert page.columns["creator_account_id"] == ["s/old.login"]


def test_sprints_may_be_text() -> None:
    text = "com.atlassian.greenhopper.service.sprint.Sprint@7eede03a[id={},rapidViewId"
    sent = issue(1, customfield_1=[text.format(12), text.format(3)])
    choice = jira.FieldChoice(None, ("customfield_1",), ())
    (page,), _ = read(
        Index([sent], most=9), lambda api: jira.issues(api, "s", choice, None)
    )
    assert page.columns["sprint_ids"] == ["3,12"]


def histories(number: int, count: int, total: int | None = None) -> dict[str, Any]:
    """An issue with so many entries of history."""
    entries = [
        {
            "id": str(n),
            "author": ANN,
            "created": "2026-03-01T04:00:00.000-0800",
            "items": [
                {"field": "assignee", "from": None, "to": "JIRAUSER10101"},
                {"field": "description", "toString": "a secret text"},
            ],
        }
        for n in range(count)
    ]
    log = {"startAt": 0, "maxResults": count, "total": total or count}
    return {**issue(number), "changelog": {**log, "histories": entries}}


def test_histories_come_whole_with_their_issues() -> None:
    def answer(path: str, query: dict[str, Any]) -> Any:
        assert path == "search"
        return {"issues": [histories(1, 1500)], "total": 1}

    pages, served = read(answer, lambda api: jira.changelog_items(api, "s", ["1"]))
    assert len(set(column(pages, "history_id"))) == 1500
    assert set(column(pages, "author_account_id")) == {"s/JIRAUSER10100"}
    assert set(column(pages, "to_id")) == {"s/JIRAUSER10101", None}
    assert column(pages, "changed_at")[0] == NOON.replace(tzinfo=None)
    assert b"secret" not in pages[0].body
    query = served.queries("search")[0]
    assert (query["expand"], query["validateQuery"]) == (["changelog"], False)


def test_a_history_that_was_cut_is_refused_with_the_issue_and_both_counts() -> None:
    def answer(_path: str, _query: dict[str, Any]) -> Any:
        return {"issues": [histories(7, 100, total=1500)], "total": 1}

    with pytest.raises(Unavailable, match="ABC-7 came with 100 of 1500 entries"):
        read(answer, lambda api: jira.changelog_items(api, "s", ["7"]))


def test_a_server_may_send_fewer_issues_with_history_than_it_was_asked_for() -> None:
    def answer(_path: str, query: dict[str, Any]) -> Any:
        start = query["startAt"]
        return {"issues": [histories(start + 1, 1)], "total": 3}

    pages, served = read(
        answer, lambda api: jira.changelog_items(api, "s", ["1", "2", "3"])
    )
    assert column(pages, "issue_id")[::2] == ["1", "2", "3"]
    assert [query["startAt"] for query in served.queries("search")] == [0, 1, 2]


def test_users_are_listed_where_the_server_lists_them() -> None:
    def answer(path: str, query: dict[str, Any]) -> Any:
        assert path == "user/list"
        if "cursor" not in query:
            return {"values": [ANN], "nextCursor": "7", "isLast": False}
        return {"values": [{**ANN, "key": "b"}], "isLast": True}

    pages, _ = read(answer, lambda api: jira.users(api, "s"))
    assert column(pages, "account_id") == ["s/JIRAUSER10100", "s/b"]
    assert column(pages, "account_type") == [None, None]


def test_an_older_server_is_searched_for_everybody() -> None:
    def answer(path: str, query: dict[str, Any]) -> Any:
        if path == "user/list":
            raise Refusal(404, "null for uri")
        assert (path, query["includeInactive"]) == ("user/search", "true")
        return [ANN] if query["startAt"] == "0" else []

    pages, _ = read(answer, lambda api: jira.users(api, "s"))
    assert column(pages, "account_id") == ["s/JIRAUSER10100"]


def test_an_issue_that_is_missing_is_asked_for_by_itself() -> None:
    def answer(path: str, _query: dict[str, Any]) -> Any:
        if path == "issue/1":
            raise Refusal(404, "Issue Does Not Exist")
        if path == "issue/2":
            raise Refusal(403, "You do not have the permission to see the issue.")
        project = {"id": "10" if path == "issue/3" else "11", "key": path[-1]}
        return {"id": path[-1], "key": "K-1", "fields": {"project": project}}

    pages, _ = read(
        answer, lambda api: jira.absences(api, "s", ["1", "2", "3", "4"], ["10"])
    )
    assert column(pages, "issue_id") == ["1", "2", "4"]
    assert column(pages, "absence") == ["gone", "hidden", "moved_away"]
    assert column(pages, "moved_to_project_id") == [None, None, "11"]


def test_the_wrong_edition_is_named_with_the_setting() -> None:
    def answer(path: str, _query: dict[str, Any]) -> Any:
        if path == "serverInfo":
            return {"deploymentType": "Cloud"}
        raise Refusal(404, "null for uri")

    with serving(answer) as served:
        probe = jira.probe(jira.data_center(served.url, TOKEN), "s")
    told = [p for p in probe.problems if "Jira Cloud." in p.problem]
    assert told[0].fix == "set it to cloud for this site."


def test_a_wrong_token_is_told_how_to_get_a_right_one() -> None:
    with serving(lambda _path, _query: {}) as served:
        api = jira.data_center(served.url, "wrong-token")
        with pytest.raises(BadCredentials, match="personal access token") as raised:
            jira.census(api)
    assert "wrong-token" not in str(raised.value)
