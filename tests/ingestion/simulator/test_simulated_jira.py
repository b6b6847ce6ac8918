"""The simulated Jira site: shapes, JQL, paging, history, and its traps for readers."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from simulated_vendors import Jira, control

from ingestion.simulator import PRESENT, Company, Truth, serving, timeline
from ingestion.simulator.jira.events import LONG_HISTORY
from ingestion.simulator.jira.site import HIDDEN_PROJECT, OLD_REVIEW_NAME
from ingestion.simulator.jira.visibility import LOST_AT, LOST_PROJECT, RETURNED_AT

FIELDS = (
    "created", "updated", "resolutiondate", "status", "issuetype", "project", "parent",
    "priority", "resolution", "assignee", "creator", "customfield_10016",
    "customfield_10026",
)  # fmt: skip
HISTORY = ["status", "assignee", "resolution", "issuekey", "project",
           "customfield_10026", "customfield_10016", "customfield_10020"]  # fmt: skip
ALL = "updated >= 0 ORDER BY updated ASC, id ASC"


@pytest.fixture(scope="module")
def site(calm_url: str) -> Jira:
    return Jira(calm_url)


@pytest.fixture(scope="module")
def listed(site: Jira) -> list[Any]:
    """Every issue with every field that a connector reads."""
    return site.search(ALL, FIELDS)


@pytest.fixture(scope="module")
def histories(site: Jira, listed: list[Any]) -> dict[str, list[Any]]:
    """The changelog of every issue, oldest entry first."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    ids = [issue["id"] for issue in listed]
    for start in range(0, len(ids), 1000):
        part = ids[start : start + 1000]
        for page in site.changes(part, fieldIds=HISTORY, maxResults=5000):
            for log in page["issueChangeLogs"]:
                found[log["issueId"]] += log["changeHistories"]
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_wrong_token_is_refused(calm_url: str) -> None:
    response = Jira(calm_url, token="guess").get("/myself")
    assert response.status_code == 401
    assert "authenticated" in response.json()["message"]


def test_the_site_says_it_is_cloud_and_whose_zone_counts(site: Jira) -> None:
    assert site.get("/serverInfo").json()["deploymentType"] == "Cloud"
    assert site.get("/myself").json()["timeZone"] == "Europe/Berlin"
    asked = "BROWSE_PROJECTS,ADMINISTER"
    granted = site.get("/mypermissions", permissions=asked).json()["permissions"]
    have = {name: found["havePermission"] for name, found in granted.items()}
    assert have == {"BROWSE_PROJECTS": True, "ADMINISTER": False}


def test_an_issue_has_the_fields_asked_for_and_the_callers_zone(
    listed: list[Any],
) -> None:
    issue = listed[-1]
    assert set(issue["fields"]) == set(FIELDS)
    assert issue["fields"]["updated"][-5:] in ("+0100", "+0200")
    assert len(issue["fields"]["updated"]) == len("2026-11-20T10:12:13.456+0100")
    category = issue["fields"]["status"]["statusCategory"]
    assert category["id"] in (2, 3, 4)


def test_without_fields_only_ids_come(site: Jira) -> None:
    page = site.post("/search/jql", jql=ALL).json()
    assert len(page["issues"]) == 50
    assert set(page["issues"][0]) == {"id"}
    assert "total" not in page
    assert "startAt" not in page


def test_a_page_with_fields_is_smaller_than_one_with_ids(site: Jira) -> None:
    with_fields = site.post("/search/jql", jql=ALL, fields=["status"], maxResults=5000)
    assert len(with_fields.json()["issues"]) == 100
    ids = site.post("/search/jql", jql=ALL, fields=["id"], maxResults=5000)
    assert len(ids.json()["issues"]) == 5000


def test_the_search_lists_every_issue_once_in_order(
    listed: list[Any], truth: Truth
) -> None:
    known = truth.as_served(PRESENT).issues
    assert sorted(i["id"] for i in listed) == sorted(known["issue_id"].to_pylist())
    keys = dict(zip(known["issue_id"].to_pylist(), known["issue_key"].to_pylist(),
                    strict=True))  # fmt: skip
    assert all(issue["key"] == keys[issue["id"]] for issue in listed)
    order = [(at(i["fields"]["updated"]), int(i["id"])) for i in listed]
    assert order == sorted(order)


def test_updated_since_means_the_instant_in_any_zone(
    site: Jira, listed: list[Any]
) -> None:
    middle = at(listed[5000]["fields"]["updated"])
    ms = timeline.epoch_ms(middle)
    since = site.search(f"updated >= {ms} ORDER BY updated ASC, id ASC", ["id"])
    assert [i["id"] for i in since] == [
        i["id"] for i in listed if at(i["fields"]["updated"]) >= middle
    ]
    # A bare minute is read in the caller's zone, an hour ahead of UTC in winter.
    bare = site.search('updated >= "2027/02/01 10:00"', ["id"])
    hour = datetime.fromisoformat("2027-02-01T10:00:00+01:00")
    same = site.search(f"updated >= {timeline.epoch_ms(hour)}", ["id"])
    assert {i["id"] for i in bare} == {i["id"] for i in same}


def test_projects_are_named_by_key_or_id(site: Jira) -> None:
    project = site.get("/project/search").json()["values"][0]
    by_key = site.search(f'project in ("{project["key"]}", MEA) ORDER BY id ASC')
    by_id = site.search(f"project in ({project['id']}, MEA) ORDER BY id ASC")
    assert by_key == by_id
    assert by_key


@pytest.mark.parametrize(
    "jql",
    [
        "",
        "ORDER BY updated ASC",
        "assignee changed",
        "updated >= soon",
        "updated >= 0 ORDER BY summary",
        f"project in ({HIDDEN_PROJECT})",
        "project = NOPE",
    ],
)
def test_a_search_that_means_nothing_is_refused(site: Jira, jql: str) -> None:
    response = site.post("/search/jql", jql=jql)
    assert response.status_code == 400
    assert response.json()["errorMessages"]


def test_the_search_of_old_is_gone(site: Jira) -> None:
    assert site.get("/search", jql=ALL).status_code == 410


def test_a_token_belongs_to_its_query_and_dies_after_a_week(url: str) -> None:
    site = Jira(url)
    token = site.post("/search/jql", jql=ALL).json()["nextPageToken"]
    same = site.post("/search/jql", jql=ALL, nextPageToken=token)
    assert same.status_code == 200
    other = site.post("/search/jql", jql="project = MEA", nextPageToken=token)
    assert other.status_code == 400
    later = (PRESENT + timedelta(days=8)).isoformat()
    control(url, "clock", {"present": later})
    late = site.post("/search/jql", jql=ALL, nextPageToken=token)
    assert "expired" in late.json()["errorMessages"][0]


def test_counts_agree_with_the_search(site: Jira) -> None:
    count = site.post("/search/approximate-count", jql="project = MEA").json()["count"]
    assert count == len(site.search("project = MEA"))


def test_one_history_may_span_pages_and_is_oldest_first(
    site: Jira, histories: dict[str, list[Any]]
) -> None:
    long = max(histories, key=lambda issue: len(histories[issue]))
    assert len(histories[long]) > LONG_HISTORY
    pages = site.changes([long, "10001"], fieldIds=HISTORY)
    assert [log["issueId"] for log in pages[1]["issueChangeLogs"]] == [long]
    created = [entry["created"] for entry in histories[long]]
    assert all(isinstance(ms, int) for ms in created)
    assert created == sorted(created)


def test_the_changelog_has_only_fields_asked_for(site: Jira) -> None:
    ids = [str(10_001 + n) for n in range(300)]
    pages = site.changes(ids, fieldIds=["resolution"])
    fields = {
        item["fieldId"]
        for page in pages
        for log in page["issueChangeLogs"]
        for entry in log["changeHistories"]
        for item in entry["items"]
    }
    assert fields == {"resolution"}
    too_many = site.post("/changelog/bulkfetch", issueIdsOrKeys=["1"] * 1001)
    assert too_many.status_code == 400
    wide = site.post("/changelog/bulkfetch", issueIdsOrKeys=["1"], fieldIds=["a"] * 11)
    assert wide.status_code == 400


def test_replaying_the_history_gives_the_present_state(
    listed: list[Any], histories: dict[str, list[Any]]
) -> None:
    for issue in listed:
        known: dict[str, list[Any]] = defaultdict(list)
        for entry in histories.get(issue["id"], []):
            for item in entry["items"]:
                known[item["fieldId"]].append(item)
        for item, following in zip(known["status"], known["status"][1:], strict=False):
            assert item["to"] == following["from"]
        if known["status"]:
            assert issue["fields"]["status"]["id"] == known["status"][-1]["to"]
        if known["assignee"]:
            last = known["assignee"][-1]["to"]
            now = issue["fields"]["assignee"]
            assert (now and now["accountId"]) == last


def test_delivered_issues_of_the_truth_are_done_when_it_says(
    histories: dict[str, list[Any]], truth: Truth
) -> None:
    done: dict[str, int] = {}
    for issue_id, entries in histories.items():
        for entry in entries:
            for item in entry["items"]:
                if item["fieldId"] == "status" and item["toString"] in (
                    "Done", "Erledigt",
                ):  # fmt: skip
                    done[issue_id] = entry["created"]
    for row in truth.as_served(PRESENT).delivered.to_pylist():
        assert done[row["issue_id"]] == timeline.epoch_ms(row["done_at"])


def test_history_holds_what_trips_a_reader(histories: dict[str, list[Any]]) -> None:
    entries = [entry for found in histories.values() for entry in found]
    assert any("author" not in entry for entry in entries)
    types = {e["author"]["accountType"] for e in entries if "author" in e}
    assert types == {"atlassian", "app"}
    assert any(len(entry["items"]) > 1 for entry in entries)
    names = {i["fromString"] for e in entries for i in e["items"]}
    assert OLD_REVIEW_NAME in names
    moved = [i for e in entries for i in e["items"] if i["field"] == "Key"]
    assert len(moved) == 8
    assert moved[0]["fromString"].startswith("ATL-")
    assert moved[0]["toString"].startswith("DEL-")


def test_a_moved_issue_keeps_its_id_and_answers_to_its_old_key(
    site: Jira, company: Company
) -> None:
    moved = next(i for i in company.issues if i.moved_to)
    found = site.get(f"/issue/{moved.key(0)}").json()
    assert found["id"] == str(moved.issue_id)
    assert found["key"].startswith("DEL-")


def test_a_deleted_issue_is_gone_with_its_history(company: Company, url: str) -> None:
    site = Jira(url)
    now = timeline.epoch_ms(PRESENT)
    doomed = str(next(i.issue_id for i in company.issues if i.deleted_ms > now))
    assert site.get(f"/issue/{doomed}").status_code == 200
    control(url, "clock", {"present": (PRESENT + timedelta(days=10)).isoformat()})
    assert site.get(f"/issue/{doomed}").status_code == 404
    assert site.changes([doomed])[0]["issueChangeLogs"] == []


def test_status_names_repeat_and_are_localised_but_ids_are_not(site: Jira) -> None:
    statuses = site.get("/status").json()
    ids = [status["id"] for status in statuses]
    assert len(ids) == len(set(ids))
    categories: defaultdict[str, set[int]] = defaultdict(set)
    for status in statuses:
        categories[status["name"]].add(status["statusCategory"]["id"])
    assert len(statuses) > len(categories)
    assert categories["Waiting"] == {2, 4}
    german = next(s for s in statuses if s["name"] == "Erledigt")
    assert german["untranslatedName"] == "Done"
    assert german["scope"]["type"] == "PROJECT"


def test_estimates_lie_in_two_fields(site: Jira, listed: list[Any]) -> None:
    custom = {f["id"]: f["name"] for f in site.get("/field").json() if f["custom"]}
    assert custom["customfield_10016"] == "Story point estimate"
    assert custom["customfield_10026"] == "Story Points"
    values = defaultdict(set)
    for issue in listed:
        for name in ("customfield_10016", "customfield_10026"):
            values[name].add(issue["fields"][name])
    assert all({None, 0.0, 5.0} <= values[name] for name in values)


def test_users_are_a_bare_list_with_short_pages(site: Jira, company: Company) -> None:
    first = site.get("/users/search", startAt=0, maxResults=60).json()
    assert isinstance(first, list)
    assert len(first) == 57
    seen: dict[str, Any] = {}
    start = 0
    while True:
        page = site.get("/users/search", startAt=start, maxResults=60).json()
        if not page:
            break
        seen |= {user["accountId"]: user for user in page}
        start += 60
    people = {a.account_id for a in company.jira_accounts if a.person_id}
    assert people <= set(seen)
    shown = [user for user in seen.values() if "emailAddress" in user]
    assert len(shown) == 5
    assert "Former user" in {user["displayName"] for user in seen.values()}
    assert {user["accountType"] for user in seen.values()} == {"atlassian", "app"}


def test_projects_come_in_pages_without_the_hidden_one(site: Jira) -> None:
    pages = [
        site.get("/project/search", startAt=start, maxResults=5).json()
        for start in (0, 5, 10)
    ]
    assert [page["isLast"] for page in pages] == [False, False, True]
    keys = [project["key"] for page in pages for project in page["values"]]
    assert len(keys) == len(set(keys)) == 13
    assert HIDDEN_PROJECT not in keys
    styles = {project["style"] for page in pages for project in page["values"]}
    assert styles == {"classic", "next-gen"}


def test_bursts_are_refused_and_the_site_is_away_now_and_then(
    company: Company,
) -> None:
    with serving(company, throttles=True) as url:
        site = Jira(url)
        found = [site.get("/status") for _ in range(270)]
    by_status = defaultdict(list)
    for response in found:
        by_status[response.status_code].append(response)
    assert {status: len(rest) for status, rest in by_status.items()} == {
        200: 265, 429: 3, 503: 2,
    }  # fmt: skip
    refused = by_status[429][0].headers
    assert refused["retry-after"] == "1"
    assert refused["ratelimit-reason"] == "jira-burst-based"
    assert by_status[503][0].headers["retry-after"] == "0"


def test_sprints_are_fortnights_of_boards_that_have_them(site: Jira) -> None:
    boards = site.agile("/board")["values"]
    kinds = {board["type"]: board["id"] for board in boards}
    assert set(kinds) == {"scrum", "kanban", "simple"}
    page = site.agile(f"/board/{kinds['scrum']}/sprint", startAt=50)
    assert page["isLast"]
    assert [sprint["state"] for sprint in page["values"][-3:]] == [
        "closed", "active", "future",
    ]  # fmt: skip
    refused = site.agile(f"/board/{kinds['kanban']}/sprint")
    assert refused["errorMessages"] == ["The board does not support sprints"]


def test_worklogs_are_mentioned_by_change_and_listed_by_id(site: Jira) -> None:
    first = site.get("/worklog/updated").json()
    assert (len(first["values"]), first["lastPage"]) == (1000, False)
    second = site.get("/worklog/updated", since=first["until"]).json()
    assert second["lastPage"]
    ids = [mention["worklogId"] for mention in first["values"]]
    listed = site.post("/worklog/list", ids=ids).json()
    assert 0 < len(ids) - len(listed) < 20
    gone = site.get("/worklog/deleted").json()["values"]
    assert not {mention["worklogId"] for mention in gone} & set(ids)


def test_clients_rate_what_consultants_delivered(site: Jira) -> None:
    rated = site.search("cf[10050] is not EMPTY", ["customfield_10050", "project"])
    assert {issue["fields"]["project"]["key"] for issue in rated} == {"KES"}
    ratings = {issue["fields"]["customfield_10050"]["rating"] for issue in rated}
    assert ratings == {1, 2, 3, 4, 5}


def test_access_to_a_project_is_lost_for_a_while(url: str) -> None:
    site = Jira(url)
    for at, is_seen in ((LOST_AT, False), (RETURNED_AT, True)):
        control(url, "clock", {"present": at.isoformat()})
        keys = [p["key"] for p in site.get("/project/search").json()["values"]]
        assert (LOST_PROJECT in keys) is is_seen
        named = site.post("/search/jql", jql=f"project = {LOST_PROJECT}")
        assert named.status_code == (200 if is_seen else 400)
